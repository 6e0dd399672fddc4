import type { Redis } from 'ioredis';

/** Brings the end of each key with the prefix nearer, as if time had passed; a negative one puts it off, as if the clock had been set back. */
export async function elapseInRedis(redis: Redis, prefix: string, ms: number): Promise<void> {
  for (const key of await redis.keys(`${prefix}*`)) {
    const leftMs = await redis.pttl(key);
    if (leftMs >= 0) await redis.pexpire(key, leftMs - ms);
  }
}
