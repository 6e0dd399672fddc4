import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';
import { HandlerRegistry } from '../../events/handler-registry.js';

/**
 * Reads the clock of Redis, and limits the lives of names that were published before it was set back.
 * KEYS: a sorted set of names by their expiry. ARGV: lifeMs.
 */
const LIMIT_LIVES = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now + ARGV[1]), '+inf')) do
  redis.call('ZADD', KEYS[1], now + ARGV[1], name)
end`;

/** ARGV: lifeMs, names. */
const PUBLISH = new RedisScript(`${LIMIT_LIVES}
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`);

/** ARGV: lifeMs. */
const PUBLISHED = RedisScript.evenWhenFull(`${LIMIT_LIVES}
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')`);

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
    const names = await this.#run(PUBLISHED, [this.#lifeMs]);
    return Array.isArray(names) ? names.map(String) : [];
  }

  #run(script: RedisScript, args: ReadonlyArray<string | number>): Promise<unknown> {
    return withTimeout(script.run(this.#client, [this.#key], args), REDIS_TIMEOUT_MS);
  }
}
