import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import type { HandlerRegistry } from '../../events/handler-registry.js';
import type { ErrorDescriber } from '../../errors/index.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from '../../inbound/acknowledgement-job.interface.js';
import type { InboundEvent, InboundProgress } from '../../inbound/inbound-event.interface.js';
import { RedisHandlerRegistry } from './redis-handler-registry.js';
import { RedisOrderedQueue } from './redis-ordered-queue.js';
import type { OrderedQueue, OrderedQueueOptions } from '../../queue/ordered-queue.js';
import type { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';
import type { OutboundJob } from '../../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../../outbound/jobs/outbound-progress.interface.js';
import { RedisChatRateLimiter } from './redis-chat-rate-limiter.js';
import { REDIS_TIMEOUT_MS, type RedisConnection } from '../../redis/redis-connection.js';
import { ShutdownDeadline } from '../../redis/shutdown-deadline.js';
import type { RedisKeys } from '../../redis/redis-keys.js';
import type { RedisReadiness } from '../../redis/redis-readiness.js';
import { runningWhenFull } from '../../redis/running-when-full.js';
import type { TimerJob, TimerStep } from '../../timers/timer-job.interface.js';
import { DeskStorage } from '../desk-storage.js';
import { RedisLossDetector, type WatchedQueue } from './redis-loss-detector.js';
import { RedisThreadSchedule } from './redis-thread-schedule.js';
import { RedisTtlStore } from './redis-ttl-store.js';
import { RedisWaitingThreads } from './redis-waiting-threads.js';
import type { ThreadSchedule } from '../thread-schedule.js';
import type { TtlStore } from '../ttl-store.js';
import type { WaitingThreads } from '../waiting-threads.js';

/** What belongs to one desk. */
export interface RedisDeskStorageOptions {
  readonly adminChatId: number | string;
  readonly keys: RedisKeys;
  /** Shared by all desks of the bot. Whoever made it closes it. */
  readonly readiness: RedisReadiness;
}

/** Keeps everything in Redis, for all processes of one bot in one admin chat. */
export class RedisDeskStorage extends DeskStorage {
  readonly isDurable = true;
  readonly #redis: RedisConnection;
  readonly #client: Redis | Cluster;
  readonly #bullmq: typeof import('bullmq');
  /** The prefix of the desk's keys, the client's own prefix included. */
  readonly #prefix: string;
  /** The prefix of keys that all desks of the bot share. */
  readonly #botPrefix: string;
  readonly #chat: number | string;
  #blockingClient: Redis | Cluster | undefined;
  readonly #shutdown = new ShutdownDeadline();
  readonly #watched: WatchedQueue[] = [];
  readonly #lossWatch: RedisLossDetector;
  readonly #readiness: RedisReadiness;

  constructor(
    redis: RedisConnection,
    bullmq: typeof import('bullmq'),
    { adminChatId, keys, readiness }: RedisDeskStorageOptions,
  ) {
    super();
    this.#redis = redis;
    this.#client = redis.client;
    this.#bullmq = bullmq;
    this.#chat = adminChatId;
    this.#readiness = readiness;
    // Scripts and BullMQ build whole keys, so they need the prefix that the client would add.
    this.#prefix = `${redis.keyPrefix}${keys.desk}`;
    this.#botPrefix = `${redis.keyPrefix}${keys.bot}`;
    this.#lossWatch = new RedisLossDetector(this.#client, `${this.#prefix}:epoch`, this.#watched);
  }

  inbox(
    options: OrderedQueueOptions<InboundEvent, InboundProgress>,
  ): OrderedQueue<InboundEvent, InboundProgress> {
    return this.#queue('inbox', ['reply', 'replies'], options);
  }

  acknowledgements(
    options: OrderedQueueOptions<AcknowledgementJob, AcknowledgementProgress>,
  ): OrderedQueue<AcknowledgementJob, AcknowledgementProgress> {
    return this.#queue('acknowledgements', ['acknowledgement', 'acknowledgements'], options);
  }

  handlers(lifeMs: number): HandlerRegistry {
    return new RedisHandlerRegistry(this.#client, `${this.#prefix}:handlers`, lifeMs);
  }

  outbox(
    options: OrderedQueueOptions<OutboundJob, OutboundProgress>,
  ): OrderedQueue<OutboundJob, OutboundProgress> {
    return this.#queue('outbox', ['notice', 'notices'], options);
  }

  timers(options: OrderedQueueOptions<TimerJob>): OrderedQueue<TimerJob> {
    return this.#queue('timers', null, options);
  }

  schedule(step: TimerStep): ThreadSchedule {
    return new RedisThreadSchedule(this.#client, `${this.#prefix}:schedule:${step}`);
  }

  waitingThreads(lifeSeconds: number): WaitingThreads {
    return new RedisWaitingThreads(this.#client, `${this.#prefix}:waiting`, lifeSeconds);
  }

  chatRateLimiter(options: RateLimitOptions, errors?: ErrorDescriber): ChatRateLimiter {
    const key = `${this.#prefix}:budget:${this.#chat}`;
    return new RedisChatRateLimiter(this.#client, key, options, errors);
  }

  ttlStore(name: string, lifeMs: number): TtlStore {
    return new RedisTtlStore(this.#client, `${this.#prefix}:${name}:`, lifeMs);
  }

  async loadMovedChat(): Promise<number | null> {
    const moved = await withTimeout(this.#client.get(`${this.#prefix}:chat`), REDIS_TIMEOUT_MS);
    return moved === null ? null : Number(moved);
  }

  async loadFormerChats(chatId: number): Promise<readonly number[]> {
    const ids = await withTimeout(this.#client.smembers(this.#formerKey(chatId)), REDIS_TIMEOUT_MS);
    return ids.map(Number);
  }

  async saveMovedChat(chatId: number, formerId: number | null): Promise<void> {
    const writes: Array<Promise<unknown>> = [this.#client.set(`${this.#prefix}:chat`, chatId)];
    if (formerId !== null) writes.push(this.#client.sadd(this.#formerKey(chatId), formerId));
    await withTimeout(Promise.all(writes), REDIS_TIMEOUT_MS);
  }

  /** Under the prefix of the bot, because that of the desk changes with the configured chat id. */
  #formerKey(chatId: number): string {
    return `${this.#botPrefix}:former:${chatId}`;
  }

  close(): Promise<void> {
    this.#lossWatch.stop();
    this.#blockingClient?.disconnect();
    return Promise.resolve();
  }

  /** @param unit What the log calls its jobs when they are lost; null for a queue that the next message of a customer fills again. */
  #queue<T, P>(
    name: string,
    unit: WatchedQueue['unit'] | null,
    options: OrderedQueueOptions<T, P>,
  ): OrderedQueue<T, P> {
    this.#blockingClient ??= runningWhenFull(this.#redis.createBlockingClient());
    const context = {
      bullmq: this.#bullmq,
      client: this.#client,
      blockingClient: this.#blockingClient,
      shutdown: this.#shutdown,
      readiness: this.#readiness,
      prefix: this.#prefix,
      name,
    };
    const queue = new RedisOrderedQueue<T, P>(context, options);
    if (unit === null) return queue;
    const { waiting } = queue;
    this.#watched.push({ prefix: `${this.#prefix}:${name}:`, unit, waiting });
    if (this.#watched.length === 1) this.#lossWatch.start();
    return queue;
  }
}
