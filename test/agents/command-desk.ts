import { Injectable } from '@nestjs/common';
import { IsBoolean, IsOptional, IsPositive, IsString } from 'class-validator';
import { inject, vi } from 'vitest';
import { AgentCommand, html, type AgentCommandCall, type Html } from '../../src/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { ownBot } from '../support/own-bot.js';
import { ReplyLog } from '../support/reply-log.js';
import { RevisionLog } from '../support/revision-log.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { EventLog } from '../support/topic-desk.js';

/** Where data is kept, and how threads look. */
export const COMMAND_DESKS = [
  ['memory', 'replies'],
  ['memory', 'topics'],
  ['Redis', 'replies'],
  ['Redis', 'topics'],
] as const;

export type CommandPlace = (typeof COMMAND_DESKS)[number];

/** The arguments of `/refund`. */
export class RefundDto {
  @IsPositive({ message: 'amount must be a positive number' })
  amount!: number;

  @IsOptional()
  @IsBoolean()
  all?: boolean;

  @IsOptional()
  @IsString()
  reason?: string;
}

/** The app's commands, and what they were called with. */
@Injectable()
export class AppCommands {
  readonly calls: Array<AgentCommandCall<unknown>> = [];
  /** Runs for each call before it is answered. */
  before: (call: AgentCommandCall<unknown>) => unknown = () => undefined;

  @AgentCommand({ name: 'refund', description: 'Pays money back', dto: RefundDto })
  async refund(call: AgentCommandCall<RefundDto>): Promise<string> {
    await this.#take(call);
    return `<b>${call.dto.amount}</b> for ${call.dto.reason ?? 'nothing'}`;
  }

  @AgentCommand({ name: 'plan', description: 'Shows the plan' })
  async plan(call: AgentCommandCall): Promise<Html> {
    await this.#take(call);
    return html`<b>${call.threadId}</b>: <i>pro & more</i>`;
  }

  @AgentCommand({ name: 'ban', description: 'Bans', threads: /^bad/ })
  async ban(call: AgentCommandCall): Promise<void> {
    await this.#take(call);
  }

  async #take(call: AgentCommandCall<unknown>): Promise<void> {
    this.calls.push(call);
    await this.before(call);
  }
}

/** A desk whose app has commands, with an agent and a thread. */
export class CommandDesk {
  private constructor(
    readonly desk: TestDesk,
    readonly ada: EmulatedAgent,
    readonly layout: CommandPlace[1],
  ) {}

  static async start(
    [storage, layout]: CommandPlace,
    { options, ...wanted }: TestDeskOptions = {},
  ): Promise<CommandDesk> {
    const desk = await TestDesk.start({
      providers: [ReplyLog, EventLog, AppCommands],
      emulator: { bots: [ownBot()] },
      chat: (telegram) =>
        layout === 'topics'
          ? telegram.createForum({ title: 'Support' })
          : telegram.createSupergroup({ title: 'Support' }),
      ...wanted,
      options: {
        mode: layout,
        ...(storage === 'Redis' && { redis: inject('redisUrl') }),
        ...options,
      },
    });
    const ada = desk.chat.agent('Ada', { status: 'administrator' });
    return new CommandDesk(desk, ada, layout);
  }

  /** One whose app fails at the first attempt where the test says so ({@link RevisionLog}), with room for many messages. */
  static startWithRevisions(
    place: CommandPlace,
    { options, ...wanted }: TestDeskOptions = {},
  ): Promise<CommandDesk> {
    return CommandDesk.start(place, {
      providers: [RevisionLog, EventLog, AppCommands],
      ...wanted,
      options: {
        replies: { attempts: 1 },
        rateLimit: { messages: 99, windowMs: 1_000 },
        ...options,
      },
    });
  }

  get app(): AppCommands {
    return this.desk.app.get(AppCommands, { strict: false });
  }

  /** What the app has got of other events: type and thread. */
  get events(): Array<[string, string]> {
    return this.desk.app.get(EventLog).events.map(({ type, threadId }) => [type, threadId]);
  }

  /** Opens a thread, and resolves with its first notice. */
  async open(threadId = 't1'): Promise<Message> {
    await this.desk.telegram.notifyNewThread({
      threadId,
      subject: threadId,
      text: `Help ${threadId}`,
      customer: { name: 'Carl' },
    });
    const notice = await this.shows(`Help ${threadId}`);
    await this.recorded(threadId);
    return notice;
  }

  /** Resolves when the first notice of a thread is recorded, which is just after it is posted. */
  async recorded(threadId = 't1'): Promise<void> {
    const threads = this.desk.app.get(ThreadStateRepository, { strict: false });
    const isRecorded = async () => (await threads.find(threadId))?.card !== undefined;
    await vi.waitUntil(isRecorded, { timeout: 20_000, interval: 20 });
  }

  /** Writes where a thread is answered: in its topic, or in reply to a notice of it. */
  write(notice: Message, text: string, agent = this.ada): Message {
    if (this.layout === 'replies') return agent.reply(notice, text);
    return agent.write(text, { message_thread_id: notice.message_thread_id });
  }

  /** The message whose text ends so. */
  shows(text: string): Promise<Message> {
    return this.desk.chat.waitForMessage(
      (message) => message.text?.endsWith(text) === true,
      20_000,
    );
  }

  /** The message that answers another one. */
  answerTo({ message_id: id }: Message): Promise<Message> {
    return this.desk.chat.waitForMessage(
      ({ reply_to_message: replied, from }) => replied?.message_id === id && from?.is_bot === true,
      20_000,
    );
  }

  stop(): Promise<void> {
    return this.desk.stop();
  }
}

/** The words of a message, without what is hidden. */
export function wordsOf({ text = '' }: Message): string {
  return text.replaceAll('\u200b', '');
}
