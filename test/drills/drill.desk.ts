import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { BotApiEmulator, Clock, SystemClock, type EmulatedChat } from '../../src/testing/index.js';
import { RedisServer, freePort } from '../support/redis-server.js';
import { AppFleet, PLACES } from './app.fleet.js';
import { readNotice, type NoticeBlock } from './notice.block.js';
import { DRILL_PROGRAM } from './drill.program.js';
import { LoadBalancer } from './load.balancer.js';
import { ReplyReports } from './reply.reports.js';

/** One desk of several processes, with a Redis and a Telegram of its own. It ends with its test. */
export class DrillDesk {
  private constructor(
    readonly emulator: BotApiEmulator,
    readonly chat: EmulatedChat,
    /** The chat of the desk `billing`. */
    readonly billing: EmulatedChat,
    readonly server: RedisServer,
    /** The test's own connection to it. */
    readonly redis: Redis,
    readonly reports: ReplyReports,
    readonly balancer: LoadBalancer,
    readonly fleet: AppFleet,
  ) {}

  /**
   * A desk of which no process runs yet.
   *
   * @param clock Telegram's; the processes have the machine's own.
   * @param extra Further environment of the processes. With `TELEGRAM_MODE: 'topics'` the chats are forums.
   * @param hasBilling Whether there is a second desk, `billing`.
   */
  static async create(
    clock: Clock = new SystemClock(),
    extra: Record<string, string> = {},
    hasBilling = false,
  ): Promise<DrillDesk> {
    const emulator = await BotApiEmulator.start({
      waitTimeoutMs: 20_000,
      clock,
      limits: { group: false, overall: false, groupEdits: false },
    });
    onTestFinished(() => emulator.stop());
    const isForum = extra['TELEGRAM_MODE'] === 'topics';
    const chat = emulator.createSupergroup({ title: 'Support', isForum });
    const billing = emulator.createSupergroup({ title: 'Billing', isForum });
    const server = await RedisServer.start({ durable: true });
    onTestFinished(() => server.stop());
    const redis = connectTo(server);
    onTestFinished(() => redis.disconnect());
    const reports = await ReplyReports.start();
    onTestFinished(() => reports.close());
    const ports = await Promise.all(PLACES.map(() => freePort()));
    const balancer = await LoadBalancer.start(ports);
    onTestFinished(() => balancer.close());
    const env = {
      REDIS_URL: server.url,
      REPORT_URL: reports.url,
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_WEBHOOK_URL: balancer.url,
      ...(hasBilling && { BILLING_CHAT_ID: String(billing.id) }),
      ...extra,
    };
    const fleet = new AppFleet(DRILL_PROGRAM, env, ports);
    onTestFinished(() => fleet.stop());
    return new DrillDesk(emulator, chat, billing, server, redis, reports, balancer, fleet);
  }

  /** A desk whose three processes are up. */
  static async start(extra: Record<string, string> = {}, hasBilling = false): Promise<DrillDesk> {
    const desk = await DrillDesk.create(new SystemClock(), extra, hasBilling);
    await Promise.all(PLACES.map((place) => desk.fleet.start(place)));
    return desk;
  }

  /** What the notices in the admin chat show, the oldest first. */
  get notices(): NoticeBlock[] {
    const own = this.chat.messages.filter(
      ({ from, text }) => from?.id === this.emulator.bot.id && text,
    );
    return own.map(({ text, message_thread_id: threadId, is_topic_message: isInTopic }) => ({
      ...readNotice(text ?? ''),
      topicId: isInTopic ? threadId : undefined,
    }));
  }

  /** The keys in Redis that begin so within those of the desk, or of the one in another chat. */
  keys(beginning: string, chat = this.chat): Promise<string[]> {
    return this.redis.keys(`${this.#prefixOf(chat)}:${beginning}*`);
  }

  /** How many keys are being worked on, those of a process that was killed a moment ago included. */
  activeKeys(queue: 'inbox' | 'outbox'): Promise<number> {
    return this.redis.llen(`${this.#prefixOf(this.chat)}:${queue}:active`);
  }

  #prefixOf(chat: EmulatedChat): string {
    return `tg:{${this.emulator.bot.id}:${chat.id}}`;
  }
}

/** A connection that waits for its Redis as long as that takes. */
function connectTo({ url }: RedisServer): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  // Some drills end the server.
  redis.on('error', () => undefined);
  return redis;
}
