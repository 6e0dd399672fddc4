import type { Cluster, Redis } from 'ioredis';
import type { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import { withTimeout } from '../../common/with-timeout.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';
import type { ErrorDescriber } from '../../errors/index.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { BotStorage } from '../bot-storage.js';
import type { AgentStore } from '../agent-store.js';
import type { FileStore } from '../file-store.js';
import type { Lease } from '../lease.js';
import type { TtlStore } from '../ttl-store.js';
import { RedisAgentStore } from './redis-agent-store.js';
import { RedisChatRateLimiter } from './redis-chat-rate-limiter.js';
import { RedisFileStore } from './redis-file-store.js';
import { RedisLease } from './redis-lease.js';
import { RedisTtlStore } from './redis-ttl-store.js';

/** Keeps everything in Redis, for all processes of one bot. */
export class RedisBotStorage extends BotStorage {
  readonly #client: Redis | Cluster;
  readonly #prefix: string;

  /** @param prefix What all keys of the bot begin with, the client's own prefix included. */
  constructor(client: Redis | Cluster, prefix: string) {
    super();
    this.#client = client;
    this.#prefix = prefix;
  }

  lease(name: string, lifeMs: number): Lease {
    return new RedisLease(this.#client, `${this.#prefix}:lease:${name}`, lifeMs);
  }

  rateLimiter(options: RateLimitOptions, errors?: ErrorDescriber): ChatRateLimiter {
    return new RedisChatRateLimiter(this.#client, `${this.#prefix}:budget`, options, errors);
  }

  fileStore(lifeMs: number, mostBytes: number): FileStore {
    return new RedisFileStore(this.#client, `${this.#prefix}:file:`, lifeMs, mostBytes);
  }

  ttlStore(name: string, lifeMs: number): TtlStore {
    return new RedisTtlStore(this.#client, `${this.#prefix}:${name}:`, lifeMs);
  }

  agents(): AgentStore {
    return new RedisAgentStore(this.#client, this.#prefix);
  }

  loadWebhookFingerprint(): Promise<string | null> {
    return withTimeout(this.#client.get(`${this.#prefix}:webhook`), REDIS_TIMEOUT_MS);
  }

  async saveWebhookFingerprint(fingerprint: string): Promise<void> {
    await withTimeout(this.#client.set(`${this.#prefix}:webhook`, fingerprint), REDIS_TIMEOUT_MS);
  }
}
