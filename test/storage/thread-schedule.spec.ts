import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ThreadMappingError } from '../../src/index.js';
import { MemoryThreadSchedule } from '../../src/storage/memory/memory-thread-schedule.js';
import { MemoryWaitingThreads } from '../../src/storage/memory/memory-waiting-threads.js';
import { RedisThreadSchedule } from '../../src/storage/redis/redis-thread-schedule.js';
import { RedisWaitingThreads } from '../../src/storage/redis/redis-waiting-threads.js';
import { describeThreadSchedule } from '../contracts/thread-schedule.contract.js';
import { describeWaitingThreads } from '../contracts/waiting-threads.contract.js';
import { freePort } from '../support/redis-server.js';

describe('MemoryThreadSchedule', () => {
  let clock = new VirtualClock();

  describeThreadSchedule({
    create: () => {
      clock = new VirtualClock();
      return new MemoryThreadSchedule(clock);
    },
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
  });

  it('is not moved by a clock that is set', async () => {
    const schedule = new MemoryThreadSchedule(clock);
    await schedule.add('one', 60_000);
    clock.stepWall(3_600_000);
    expect((await schedule.next(1)).due).toEqual([]);
    clock.stepWall(-7_200_000);
    clock.advance(60_000);
    expect((await schedule.next(1)).due).toHaveLength(1);
  });
});

describe('MemoryWaitingThreads', () => {
  describeWaitingThreads(() => new MemoryWaitingThreads());
});

describe('Redis', () => {
  const root = `test:{${randomUUID()}}:`;
  let redis: Redis;
  let key = root;

  beforeAll(() => {
    redis = new Redis(inject('redisUrl'));
  });
  afterAll(async () => {
    await redis.del(...(await redis.keys(`${root}*`)), `${root}none`);
    redis.disconnect();
  });

  describe('RedisThreadSchedule', () => {
    describeThreadSchedule({
      create: () => {
        key = root + randomUUID();
        return new RedisThreadSchedule(redis, key);
      },
      elapse: async (ms) => {
        for (const threadId of await redis.zrange(key, '0', '-1')) {
          await redis.zincrby(key, -ms, threadId);
        }
      },
    });

    it('throws a ThreadMappingError when Redis is away', async () => {
      const away = new Redis(await freePort(), '127.0.0.1', { maxRetriesPerRequest: 1 });
      away.on('error', () => undefined);
      const schedule = new RedisThreadSchedule(away, key);
      const waiting = new RedisWaitingThreads(away, key, 60);
      await expect(schedule.add('one', 1)).rejects.toBeInstanceOf(ThreadMappingError);
      await expect(schedule.next(1)).rejects.toBeInstanceOf(ThreadMappingError);
      await expect(waiting.count()).rejects.toBeInstanceOf(ThreadMappingError);
      away.disconnect();
    });
  });

  describe('RedisWaitingThreads', () => {
    describeWaitingThreads(() => new RedisWaitingThreads(redis, root + randomUUID(), 60));

    it('expires when nothing is added', async () => {
      const name = root + randomUUID();
      await new RedisWaitingThreads(redis, name, 60).add({ threadId: 'one', sinceMs: 1 });
      expect(await redis.ttl(name)).toBeGreaterThan(50);
    });
  });
});
