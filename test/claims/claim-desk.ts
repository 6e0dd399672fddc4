import { Injectable } from '@nestjs/common';
import { vi } from 'vitest';
import { OnThreadEvent, type ThreadEvent, type ThreadState } from '../../src/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { AppCommands, CommandDesk, wordsOf, type CommandPlace } from '../agents/command-desk.js';
import { ReplyLog } from '../support/reply-log.js';
import { EventLog } from '../support/topic-desk.js';
import type { TestDeskOptions } from '../support/test-desk.js';

/** What the app has got of claims. */
@Injectable()
export class ClaimLog {
  readonly events: ThreadEvent[] = [];

  @OnThreadEvent('claimed')
  @OnThreadEvent('released')
  @OnThreadEvent('transferred')
  take(event: ThreadEvent): void {
    this.events.push(event);
  }
}

/** A desk where several agents answer the thread `t1`. */
export class ClaimDesk {
  private constructor(
    readonly own: CommandDesk,
    readonly card: Message,
    readonly bob: EmulatedAgent,
  ) {}

  static async start(place: CommandPlace, wanted: TestDeskOptions = {}): Promise<ClaimDesk> {
    const providers = [ReplyLog, EventLog, AppCommands, ClaimLog];
    const own = await CommandDesk.start(place, { providers, ...wanted });
    const bob = own.desk.chat.agent('Bob', { status: 'administrator' });
    return new ClaimDesk(own, await own.open(), bob);
  }

  get ada(): EmulatedAgent {
    return this.own.ada;
  }

  get chat() {
    return this.own.desk.chat;
  }

  /** Who has the thread. */
  async assignee(threadId = 't1'): Promise<string | null> {
    return (await this.state(threadId)).assigneeName;
  }

  async state(threadId = 't1'): Promise<ThreadState> {
    const state = await this.own.desk.telegram.findThread(threadId);
    if (!state) throw new Error(`No thread ${threadId}`);
    return state;
  }

  /** What the app has got: the texts of the replies. */
  get replies(): string[] {
    return this.own.desk.replies.replies.map(({ text }) => text);
  }

  /** What the app has got of claims: type and agent. */
  get claims(): Array<[string, string | undefined]> {
    const { events } = this.own.desk.app.get(ClaimLog);
    return events.map(({ type, agent }) => [type, agent?.name]);
  }

  write(text: string, agent: EmulatedAgent): Message {
    return this.own.write(this.card, text, agent);
  }

  /** What an agent is told alone. */
  async told(agent: EmulatedAgent, words: string): Promise<Message> {
    return agent.waitForEphemeralMessage((message) => wordsOf(message).includes(words), 20_000);
  }

  async until(check: () => unknown): Promise<void> {
    await vi.waitFor(check, { timeout: 20_000, interval: 20 });
  }

  stop(): Promise<void> {
    return this.own.stop();
  }
}
