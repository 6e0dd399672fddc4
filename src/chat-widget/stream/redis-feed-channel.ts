import { randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { SafeLogger } from '../../common/safe-logger.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { withTimeout } from '../../common/with-timeout.js';
import type { ErrorDescriber } from '../../errors/index.js';
import { REDIS_TIMEOUT_MS, type RedisConnection } from '../../redis/redis-connection.js';
import { denialOf } from '../../redis/redis-denial.js';
import { globOf } from '../../redis/redis-keys.js';
import { FeedChannel, type FeedListener } from './feed-channel.js';

/** Tells other processes by one channel of Redis. The connection that listens is made when somebody listens first. */
export class RedisFeedChannel extends FeedChannel {
  readonly #redis: RedisConnection;
  readonly #channel: string;
  readonly #logger: SafeLogger;
  readonly #failures: ThrottledLogger;
  /** Tells what this process has published from what others have. */
  readonly #process = randomUUID();
  #subscriber: Redis | Cluster | undefined;
  #state: 'off' | 'pending' | 'on' = 'off';
  #isDenied = false;

  constructor(redis: RedisConnection, channel: string, errors?: ErrorDescriber) {
    super();
    this.#redis = redis;
    this.#channel = channel;
    this.#logger = new SafeLogger('SupportChat', errors);
    this.#failures = new ThrottledLogger('SupportChat', errors);
  }

  publish(threadId: string): void {
    const published = this.#redis.client.publish(this.#channel, `${this.#process} ${threadId}`);
    withTimeout(published, REDIS_TIMEOUT_MS).catch((error: unknown) => this.#report(error));
  }

  listen(listener: FeedListener): void {
    const subscriber = (this.#subscriber ??= this.#connect(listener));
    if (this.#state === 'off') void this.#subscribe(subscriber, listener);
  }

  close(): void {
    this.#subscriber?.disconnect();
  }

  #connect(listener: FeedListener): Redis | Cluster {
    const subscriber = this.#redis.createBlockingClient();
    subscriber.on('message', (_channel: string, text: string) => {
      const [process, threadId] = text.split(' ', 2);
      if (process !== this.#process && threadId) listener.changed(threadId);
    });
    subscriber.on('close', () => (this.#state = 'off'));
    // ioredis subscribes again by itself, but does not say when that has worked.
    subscriber.on('ready', () => void this.#subscribe(subscriber, listener));
    return subscriber;
  }

  async #subscribe(subscriber: Redis | Cluster, listener: FeedListener): Promise<void> {
    if (this.#state === 'pending') return;
    this.#state = 'pending';
    try {
      await subscriber.subscribe(this.#channel);
      this.#state = 'on';
      if (this.#isDenied) this.#logger.log('Redis allows the channel of the chat again');
      this.#isDenied = false;
      listener.resumed();
    } catch (error) {
      this.#state = 'off';
      this.#report(error);
    }
  }

  /** Why the connection fails, if it does, says the one of the bot. */
  #report(error: unknown): void {
    if (!isDenial(error)) {
      this.#failures.debug(`A change of a thread was not told: ${this.#failures.describe(error)}`);
      return;
    }
    if (this.#isDenied) return;
    this.#isDenied = true;
    const { user } = this.#redis;
    this.#logger.warn(
      `Redis denies its user ${user} the channel ${this.#channel}, by which processes tell each other what is new in the chat. Until then customers see what comes from another process up to 20 s late. Remedy: ACL SETUSER ${user} +publish +subscribe +unsubscribe &${globOf(this.#channel)}`,
    );
  }
}

function isDenial(error: unknown): boolean {
  return denialOf(error) !== undefined;
}
