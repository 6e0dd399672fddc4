import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { TtlStore } from '../ttl-store.js';

/** Keeps the texts in Redis, for all processes. */
export class RedisTtlStore extends TtlStore {
  readonly #client: Redis | Cluster;
  readonly #keyPrefix: string;
  readonly #lifeMs: number;

  constructor(client: Redis | Cluster, keyPrefix: string, lifeMs: number) {
    super();
    this.#client = client;
    this.#keyPrefix = keyPrefix;
    this.#lifeMs = lifeMs;
  }

  get(key: string): Promise<string | null> {
    return withTimeout(this.#client.get(this.#keyPrefix + key), REDIS_TIMEOUT_MS);
  }

  async set(key: string, value: string): Promise<void> {
    const write = this.#client.set(this.#keyPrefix + key, value, 'PX', this.#lifeMs);
    await withTimeout(write, REDIS_TIMEOUT_MS);
  }

  async setIfAbsent(key: string, value: string): Promise<string> {
    const write = this.#client.set(this.#keyPrefix + key, value, 'PX', this.#lifeMs, 'NX');
    if ((await withTimeout(write, REDIS_TIMEOUT_MS)) !== null) return value;
    // The value may have expired between the two commands.
    return (await this.get(key)) ?? this.setIfAbsent(key, value);
  }

  async delete(key: string): Promise<void> {
    await withTimeout(this.#client.del(this.#keyPrefix + key), REDIS_TIMEOUT_MS);
  }
}
