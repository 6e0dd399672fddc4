import { hash, randomBytes } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import type { RateLimitOptions } from '../../config/rate-limit.options.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';
import { CustomerRateLimit } from './customer-rate-limit.js';
import { tooMany } from './too-many.js';

/**
 * Each member of the sorted set is something sent, its score when, by the clock of Redis. What a clock that was set back
 * has left in the future is dropped.
 *
 * KEYS: sent. ARGV: member, messages, windowMs. 0: taken, now or before; else the wait.
 */
const TAKE = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
if redis.call('ZADD', KEYS[1], 'NX', now, ARGV[1]) == 0 then return 0 end
if redis.call('ZCARD', KEYS[1]) > tonumber(ARGV[2]) then
  redis.call('ZREM', KEYS[1], ARGV[1])
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return math.max(tonumber(oldest[2]) + window - now, 1)
end
redis.call('PEXPIRE', KEYS[1], window)
return 0`);

/** Sliding windows in Redis, over what the customers of all processes send. */
export class RedisCustomerRateLimit extends CustomerRateLimit {
  readonly #client: Redis | Cluster;
  readonly #keyPrefix: string;
  readonly #limit: RateLimitOptions;

  constructor(client: Redis | Cluster, keyPrefix: string, limit: RateLimitOptions) {
    super();
    this.#client = client;
    this.#keyPrefix = keyPrefix;
    this.#limit = limit;
  }

  async take(
    customerId: string,
    kind: 'message' | 'upload' = 'message',
    id: string = randomBytes(9).toString('base64url'),
  ): Promise<void> {
    const { messages, windowMs } = this.#limit;
    const key = `${this.#keyPrefix}${kind}:${hash('sha256', customerId)}`;
    const run = TAKE.run(this.#client, [key], [id, messages, windowMs]);
    const waitMs = Number(await withTimeout(run, REDIS_TIMEOUT_MS));
    if (waitMs > 0) throw tooMany(waitMs);
  }
}
