import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';
import { HandlerRegistry } from '../../replies/handler-registry.js';

/** A sorted set of names, by when they are forgotten. KEYS: the set. ARGV: lifeMs, names. By Redis's own clock. */
const PUBLISH = new RedisScript(`
local time = redis.call('TIME')
local untilMs = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], untilMs, ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', untilMs - ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`);

/** KEYS: the set. */
const PUBLISHED = new RedisScript(`
local time = redis.call('TIME')
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (time[1] * 1000 + math.floor(time[2] / 1000)), '+inf')`);

/** Keeps the names of handlers in Redis, for all processes of a desk. */
export class RedisHandlerRegistry extends HandlerRegistry {
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #lifeMs: number;

  constructor(client: Redis | Cluster, key: string, lifeMs: number) {
    super();
    this.#client = client;
    this.#key = key;
    this.#lifeMs = lifeMs;
  }

  async publish(names: readonly string[]): Promise<void> {
    if (names.length > 0) await this.#run(PUBLISH, [this.#lifeMs, ...names]);
  }

  async published(): Promise<string[]> {
    const names = await this.#run(PUBLISHED, []);
    return Array.isArray(names) ? names.map(String) : [];
  }

  #run(script: RedisScript, args: ReadonlyArray<string | number>): Promise<unknown> {
    return withTimeout(script.run(this.#client, [this.#key], args), REDIS_TIMEOUT_MS);
  }
}
