import { Injectable } from '@nestjs/common';
import {
  AgentCommand,
  OnThreadEvent,
  type AgentCommandCall,
  type ThreadEvent,
} from 'nestjs-telegram-support';

/** Hands each command and each claim on to the test, like replies. Only in the drills that have commands. */
@Injectable()
export class CommandReporter {
  @AgentCommand({ name: 'refund', description: 'Pays money back' })
  async refund({ threadId, text, message: { messageId } }: AgentCommandCall): Promise<string> {
    await report({ threadId, text: `/refund ${text}`, messageId });
    return `Refunded ${text}`;
  }

  @AgentCommand({ name: 'check', description: 'Checks the order', button: 'Check' })
  async check({ id, threadId, message: { messageId } }: AgentCommandCall): Promise<string> {
    await report({ threadId, text: id, messageId });
    return 'Checked';
  }

  @AgentCommand({ name: 'ping', description: 'Asks the shop', button: 'Ping' })
  async ping(call: AgentCommandCall): Promise<string> {
    return this.check(call);
  }

  @OnThreadEvent('claimed')
  async claimed({ id, threadId, agent, message }: ThreadEvent): Promise<void> {
    const text = `claimed by ${agent?.name}: ${id}`;
    await report({ threadId, text, messageId: message?.messageId ?? 0 });
  }
}

async function report(what: { threadId: string; text: string; messageId: number }): Promise<void> {
  const { status } = await fetch(process.env['REPORT_URL'] ?? '', {
    method: 'POST',
    body: JSON.stringify({ instance: process.env['NAME'], files: 0, ...what }),
  });
  if (status !== 200) throw new Error(`The test answered ${status}`);
}
