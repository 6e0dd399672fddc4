import { Injectable } from '@nestjs/common';
import { inject } from 'vitest';
import { OnThreadEvent, type ThreadEvent } from '../../src/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { ownBot } from './own-bot.js';
import { ReplyLog } from './reply-log.js';
import { TestDesk, type TestDeskOptions } from './test-desk.js';

/** Where a test keeps what waits. */
export type Place = 'memory' | 'Redis';

/** The app's side of a test: takes events of threads, and fails where the test says so. */
@Injectable()
export class EventLog {
  readonly events: ThreadEvent[] = [];
  /** Runs for each event before it is taken. */
  before: (event: ThreadEvent) => Promise<void> | void = () => undefined;

  @OnThreadEvent('closed')
  @OnThreadEvent('reopened')
  @OnThreadEvent('noted')
  @OnThreadEvent('outside-hours')
  @OnThreadEvent('overdue')
  @OnThreadEvent('closing-soon')
  @OnThreadEvent('revealed')
  async take(event: ThreadEvent): Promise<void> {
    await this.before(event);
    this.events.push(event);
  }
}

/** A desk in a forum, with topics that belong to threads. */
export class TopicDesk {
  private constructor(
    readonly desk: TestDesk,
    readonly ada: EmulatedAgent,
  ) {}

  static async start(place: Place, wanted: TestDeskOptions = {}): Promise<TopicDesk> {
    const desk = await TestDesk.start({
      providers: [ReplyLog, EventLog],
      chat: (emulator) => emulator.createForum({ title: 'Support' }),
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      ...wanted,
      options: {
        mode: 'topics',
        ...(place === 'Redis' && { redis: inject('redisUrl') }),
        ...wanted.options,
      },
    });
    const isPrivate = desk.chat.type === 'private';
    const status = isPrivate ? {} : ({ status: 'administrator' } as const);
    return new TopicDesk(desk, desk.chat.agent('Ada', status));
  }

  get threads(): ThreadStateRepository {
    return this.desk.app.get(ThreadStateRepository, { strict: false });
  }

  /** What the app has got of replies: thread and text. */
  get replies(): Array<[string, string]> {
    return this.desk.replies.replies.map(({ threadId, text }) => [threadId, text]);
  }

  /** What the app has got of other events: type, thread and text. */
  get events(): Array<[string, string, string?]> {
    return this.desk.app
      .get(EventLog)
      .events.map(({ type, threadId, text }) =>
        text === undefined ? [type, threadId] : [type, threadId, text],
      );
  }

  /** Creates a topic and gives it to a thread. */
  async bind(threadId: string): Promise<number> {
    const { api } = this.desk.telegram;
    const { id: chatId } = this.desk.chat;
    const name = `About ${threadId}`;
    const created = await api.call('createForumTopic', { chat_id: chatId, name });
    const topicId = created.message_thread_id;
    const topic = { chatId, topicId, name, shownStatus: 'waiting', isClosed: false } as const;
    await this.threads.update(threadId, { topic });
    return topicId;
  }

  /** Writes in a topic. */
  write(topicId: number, text: string, extra: Partial<Message> = {}): Message {
    return this.ada.write(text, { message_thread_id: topicId, ...extra });
  }

  /** Resolves when Telegram has delivered everything, and the app has handled it. */
  async idle(): Promise<void> {
    await this.desk.emulator.idle();
    // Notices to agents are posted in the background; a notice of lower priority is posted after them.
    const text = `behind ${this.desk.chat.messages.length}`;
    await this.desk.telegram.notifyUserMessage({ threadId: text, text });
    await this.desk.chat.waitForMessage(
      ({ text: shown }) => shown?.includes(text) === true,
      20_000,
    );
  }

  /** The notices to agents so far: the text, and the message they reply to. */
  get hints(): Array<[string, number | undefined]> {
    return this.desk.chat.messages
      .filter(({ text }) => /^[⚠✏ℹ⏳]/u.test(text ?? ''))
      .map(({ text = '', reply_to_message: replied }) => [text, replied?.message_id]);
  }

  stop(): Promise<void> {
    return this.desk.stop();
  }
}
