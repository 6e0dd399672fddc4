import { randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';
import { Lease } from '../lease.js';

/** KEYS: lease. ARGV: holder, lifeMs. Returns 1 when the holder has the lease now. */
const ACQUIRE = new RedisScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`);

/** KEYS: lease. ARGV: holder. */
const RELEASE = new RedisScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`);

/** A lease in Redis, which expires by the clock of Redis. */
export class RedisLease extends Lease {
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #lifeMs: number;
  readonly #holder = randomUUID();

  constructor(client: Redis | Cluster, key: string, lifeMs: number) {
    super();
    this.#client = client;
    this.#key = key;
    this.#lifeMs = lifeMs;
  }

  async acquire(): Promise<boolean> {
    const args = [this.#holder, this.#lifeMs];
    let isHeld: boolean;
    let askedAtMs: number;
    do {
      askedAtMs = performance.now();
      const answer = ACQUIRE.run(this.#client, [this.#key], args);
      isHeld = (await withTimeout(answer, REDIS_TIMEOUT_MS)) === 1;
      // After a stall of this process, the lease may have expired before the answer is read.
    } while (isHeld && performance.now() - askedAtMs > this.#lifeMs / 2);
    return isHeld;
  }

  async release(): Promise<void> {
    await withTimeout(RELEASE.run(this.#client, [this.#key], [this.#holder]), REDIS_TIMEOUT_MS);
  }
}
