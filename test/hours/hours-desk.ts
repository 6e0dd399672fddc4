import { Redis } from 'ioredis';
import { inject, vi } from 'vitest';
import type {
  TelegramModuleOptions,
  TelegramService,
  ThreadEvent,
  ThreadReply,
  ThreadStatus,
  UserMessage,
} from '../../src/index.js';
import { SystemClock, type EmulatedChat, type Message } from '../../src/testing/index.js';
import type { ThreadRecord } from '../../src/threads/thread-record.interface.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { AppCommands, CommandDesk, type CommandPlace } from '../agents/command-desk.js';
import { ownBot } from '../support/own-bot.js';
import { freePort } from '../support/redis-server.js';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk } from '../support/test-desk.js';
import { EventLog } from '../support/topic-desk.js';
import { TravelClock } from '../support/travel.clock.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** Open from Monday to Friday, from 8 to 16 by UTC. */
export const WEEKDAYS = {
  timeZone: 'UTC',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['08:00-16:00']]),
  ),
};

/** A desk in whose time a test travels. */
export class HoursDesk {
  /** The processes of the desk, the newest last. */
  readonly #processes: TestDesk[];
  readonly #closed = new Set<TestDesk>();

  private constructor(
    readonly commands: CommandDesk,
    readonly clock: TravelClock,
    private readonly place: CommandPlace,
    private readonly options: Partial<TelegramModuleOptions>,
  ) {
    this.#processes = [commands.desk];
  }

  /** @param now By the clock of the desk. */
  static async start(
    place: CommandPlace,
    now: string,
    options: Partial<TelegramModuleOptions>,
  ): Promise<HoursDesk> {
    const clock = new TravelClock(now);
    const emulator = { clock: new SystemClock(), bots: [ownBot()] };
    // The port is free between two processes, and is given to nobody else meanwhile.
    const port = await freePort();
    const commands = await CommandDesk.start(place, { clock, emulator, options, port });
    return new HoursDesk(commands, clock, place, options);
  }

  get chat(): EmulatedChat {
    return this.commands.desk.chat;
  }

  get #threads(): ThreadStateRepository {
    const { app } = this.#processes.at(-1) ?? this.commands.desk;
    return app.get(ThreadStateRepository, { strict: false });
  }

  get telegram(): TelegramService {
    return (this.#processes.at(-1) ?? this.commands.desk).telegram;
  }

  /** What the app has got, in all its processes. */
  get events(): ThreadEvent[] {
    return this.#processes.flatMap(({ app }) => app.get(EventLog).events);
  }

  get replies(): ThreadReply[] {
    return this.#processes.flatMap(({ replies }) => replies.replies);
  }

  ofType(type: ThreadEvent['type']): ThreadEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  /** Starts another process of the desk. */
  async another(port = 0): Promise<TestDesk> {
    const { emulator, chat } = this.commands.desk;
    const other = await TestDesk.start({
      clock: this.clock,
      emulator: { clock: new SystemClock() },
      webhook: false,
      port,
      providers: [ReplyLog, EventLog, AppCommands],
      options: {
        botToken: emulator.bot.token,
        adminChatId: chat.id,
        apiRoot: emulator.apiRoot,
        redis: inject('redisUrl'),
        mode: this.place[1],
        ...this.options,
      },
    });
    this.#processes.push(other);
    return other;
  }

  /** The messages of the bot that show a text. */
  notices(text: string): Message[] {
    return this.chat.messages.filter(
      (message) => message.from?.is_bot === true && message.text?.includes(text) === true,
    );
  }

  shows(text: string): Promise<Message> {
    return this.chat.waitForMessage(
      (message) => message.from?.is_bot === true && message.text?.includes(text) === true,
      20_000,
    );
  }

  /** Opens a thread, and resolves with its first notice. */
  async open(
    threadId: string,
    customer: UserMessage['customer'] = { name: 'Carl' },
  ): Promise<Message> {
    const text = `Help ${threadId}`;
    await this.telegram.notifyNewThread({ threadId, subject: threadId, text, customer });
    const notice = await this.shows(text);
    // A thread with a topic has its status before the notice is posted, and its timers begin after that.
    await vi.waitFor(async () => {
      const record = await this.record(threadId);
      if (record?.waitingSinceMs === undefined) throw new Error(`${threadId} does not wait`);
    }, 20_000);
    return notice;
  }

  /** An agent answers, and the desk knows. */
  async answer(notice: Message, threadId: string, text = 'Answer'): Promise<Message> {
    const { lastActivityAtMs: before } = (await this.record(threadId)) ?? {};
    const answer = this.commands.write(notice, text);
    await vi.waitFor(async () => {
      const { status, lastActivityAtMs } = (await this.record(threadId)) ?? {};
      // Another answer may stand there already.
      if (status !== 'answered' || lastActivityAtMs === before) {
        throw new Error(`${threadId} is ${status}`);
      }
    }, 20_000);
    return answer;
  }

  /** Waits until a thread has a status. */
  async has(threadId: string, status: ThreadStatus): Promise<void> {
    await vi.waitFor(async () => {
      const found = await this.telegram.findThread(threadId);
      if (found?.status !== status) throw new Error(`${threadId} is ${found?.status}`);
    }, 20_000);
  }

  record(threadId: string): Promise<ThreadRecord | null> {
    return this.#threads.find(threadId);
  }

  /** Gives a thread to an agent. */
  async assign(threadId: string, assigneeId: number, assigneeName: string): Promise<void> {
    await this.#threads.update(threadId, { assigneeId, assigneeName });
  }

  /** Waits until what is due has been looked at: what comes after it is posted. */
  async quiet(): Promise<void> {
    if (this.place[0] === 'memory') {
      await vi.waitUntil(() => this.clock.longWaits > 0, 20_000);
    }
    const text = `behind ${this.chat.messages.length}`;
    await this.telegram.notifyUserMessage({ threadId: 'behind', text });
    await this.shows(text);
  }

  /**
   * Lets time pass, when something waits for that. With Redis the process ends, and another one goes on: waits go by the
   * clock of Redis there, so they are made shorter.
   */
  async travel(ms: number): Promise<void> {
    if (this.place[0] === 'memory') {
      await vi.waitFor(() => {
        if (this.clock.longWaits === 0) throw new Error('Nothing waits');
      }, 20_000);
      this.clock.travel(ms);
      return;
    }
    for (const each of this.#processes) await this.#close(each);
    await this.#passInRedis(ms);
    this.clock.travel(ms);
    // Where the webhook leads.
    await this.another(Number(new URL(this.commands.desk.origin).port));
  }

  async stop(): Promise<void> {
    for (const each of this.#processes.slice(1)) {
      await this.#close(each);
      await each.emulator.stop();
    }
    await this.#close(this.commands.desk);
    await this.commands.desk.emulator.stop();
  }

  async #close(each: TestDesk): Promise<void> {
    if (this.#closed.has(each)) return;
    this.#closed.add(each);
    await each.app.close();
  }

  async #passInRedis(ms: number): Promise<void> {
    const redis = new Redis(inject('redisUrl'));
    const [botId] = this.commands.desk.emulator.bot.token.split(':');
    const desk = `tg:{${botId}:${this.chat.id}}`;
    for (const key of await redis.keys(`${desk}:schedule:*`)) {
      for (const threadId of await redis.zrange(key, '0', '-1')) {
        await redis.zincrby(key, -ms, threadId);
      }
    }
    for (const key of await redis.keys(`${desk}:timers:jobs:*`)) {
      const { delay, ...job } = JSON.parse((await redis.lindex(key, 0)) ?? '{}');
      if (!delay) continue;
      const untilMs = delay.untilMs - ms;
      await redis.lset(key, 0, JSON.stringify({ ...job, delay: { ...delay, untilMs } }));
    }
    redis.disconnect();
  }
}
