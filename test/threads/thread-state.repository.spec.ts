import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ThreadMappingError } from '../../src/index.js';
import { TtlMap } from '../../src/common/ttl-map.js';
import { MemoryThreadStateRepository } from '../../src/storage/memory/memory-thread-state.repository.js';
import { RedisThreadStateRepository } from '../../src/storage/redis/redis-thread-state.repository.js';
import type { ThreadRecord } from '../../src/threads/thread-record.interface.js';
import { describeThreadStateRepository } from '../contracts/thread-state-repository.contract.js';
import { freePort } from '../support/redis-server.js';
import { elapseInRedis } from '../support/redis-time.js';

describe('MemoryThreadStateRepository', () => {
  let clock = new VirtualClock();

  describeThreadStateRepository({
    create: ({ ttlSeconds }) => {
      clock = new VirtualClock();
      const lifeMs = ttlSeconds * 1000;
      return new MemoryThreadStateRepository(
        new TtlMap<ThreadRecord>(clock, lifeMs),
        new TtlMap<string>(clock, lifeMs),
      );
    },
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
  });
});

describe('RedisThreadStateRepository', () => {
  const root = `test:{${randomUUID()}}:`;
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(inject('redisUrl'));
  });
  afterAll(async () => {
    await redis.del(...(await redis.keys(`${root}*`)), `${root}none`);
    redis.disconnect();
  });

  describeThreadStateRepository({
    create: ({ ttlSeconds }) =>
      new RedisThreadStateRepository(redis, { keyPrefix: root + randomUUID(), ttlSeconds }),
    elapse: (ms) => elapseInRedis(redis, root, ms),
  });

  it('throws a ThreadMappingError when Redis is away', async () => {
    const away = new Redis(await freePort(), '127.0.0.1', { maxRetriesPerRequest: 1 });
    away.on('error', () => undefined);
    const threads = new RedisThreadStateRepository(away, { keyPrefix: root, ttlSeconds: 60 });
    await expect(threads.find('one')).rejects.toBeInstanceOf(ThreadMappingError);
    await expect(threads.findByTopic(1, 2)).rejects.toBeInstanceOf(ThreadMappingError);
    await expect(threads.update('one', { subject: 'A' })).rejects.toBeInstanceOf(
      ThreadMappingError,
    );
    await expect(threads.updateIf('one', { desk: 'a' }, {})).rejects.toBeInstanceOf(
      ThreadMappingError,
    );
    await expect(threads.remove('one')).rejects.toBeInstanceOf(ThreadMappingError);
    away.disconnect();
  });
});
