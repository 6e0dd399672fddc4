import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { RedisHandlerRegistry } from '../../src/storage/redis/redis-handler-registry.js';
import { elapseInRedis } from '../support/redis-time.js';

const LIFE_MS = 60_000;
const key = `test:{${randomUUID()}}:handlers`;

let redis: Redis;
beforeAll(() => {
  redis = new Redis(inject('redisUrl'));
});
afterAll(async () => {
  await redis.del(key);
  redis.disconnect();
});

/** As if time had passed; a negative one, as if the clock of Redis had been set back. */
async function elapse(ms: number): Promise<void> {
  await elapseInRedis(redis, key, ms);
  for (const name of await redis.zrange(key, '0', '-1')) await redis.zincrby(key, -ms, name);
}

it.each([
  ['a minute', 60_000],
  ['an hour', 3_600_000],
])(
  'forgets a removed handler after its life when the clock of Redis is set back by %s',
  async (_n, stepMs) => {
    const registry = new RedisHandlerRegistry(redis, key, LIFE_MS);
    await registry.publish(['Shop/Old.take', 'Shop/New.take']);
    await elapse(-stepMs);
    expect(await registry.published()).toHaveLength(2);
    await elapse(LIFE_MS / 2);
    await registry.publish(['Shop/New.take']);
    expect(await registry.published()).toHaveLength(2);
    await elapse(LIFE_MS / 2 + 1);
    expect(await registry.published()).toEqual(['Shop/New.take']);
  },
);
