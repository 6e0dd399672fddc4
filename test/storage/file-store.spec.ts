import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TtlMap } from '../../src/common/ttl-map.js';
import { MemoryFileStore } from '../../src/storage/memory/memory-file-store.js';
import { RedisFileStore } from '../../src/storage/redis/redis-file-store.js';
import { describeFileStore } from '../contracts/file-store.contract.js';
import { freePort } from '../support/redis-server.js';
import { elapseInRedis } from '../support/redis-time.js';

describe('MemoryFileStore', () => {
  let clock = new VirtualClock();

  describeFileStore({
    create: ({ lifeMs }) => {
      clock = new VirtualClock();
      return new MemoryFileStore(new TtlMap(clock, lifeMs));
    },
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
  });
});

describe('RedisFileStore', () => {
  const root = `test:{${randomUUID()}}:`;
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(inject('redisUrl'));
  });
  afterAll(async () => {
    await redis.del(...(await redis.keys(`${root}*`)), `${root}none`);
    redis.disconnect();
  });

  describeFileStore({
    create: ({ lifeMs }) => new RedisFileStore(redis, root + randomUUID(), lifeMs, 5_000_000),
    elapse: (ms) => elapseInRedis(redis, root, ms),
  });

  it('fails when Redis is away', async () => {
    const away = new Redis(await freePort(), '127.0.0.1', { maxRetriesPerRequest: 1 });
    away.on('error', () => undefined);
    const files = new RedisFileStore(away, root, 60_000, 5_000_000);
    await expect(files.put('one', Buffer.from('1'))).rejects.toBeInstanceOf(Error);
    await expect(files.get('one')).rejects.toBeInstanceOf(Error);
    await expect(files.delete(['one'])).rejects.toBeInstanceOf(Error);
    away.disconnect();
  });
});
