import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ThreadMappingError, type MessageRef } from '../../src/index.js';
import { ExpiringMap } from '../../src/memory/expiring.map.js';
import { VirtualClock } from '../../src/testing/virtual.clock.js';
import type { LastNoticeRepository } from '../../src/threads/last-notice.repository.js';
import { MemoryLastNoticeRepository } from '../../src/threads/memory-last-notice.repository.js';
import { RedisLastNoticeRepository } from '../../src/threads/redis-last-notice.repository.js';
import { freePort } from '../support/redis-server.js';
import { elapseInRedis } from '../support/redis-time.js';

const notice = { chatId: -100_123, messageId: 7 };

interface Driver {
  create(): LastNoticeRepository;
  elapse(ms: number): Promise<void>;
}

function describeLastNoticeRepository(driver: Driver): void {
  it('finds the newest notice of a thread', async () => {
    const notices = driver.create();
    const [older, other, newer] = [
      notice,
      { ...notice, messageId: 8 },
      { ...notice, messageId: 9 },
    ];
    await notices.store('one', older);
    await notices.store('two', other);
    await notices.store('one', newer);
    expect(await notices.find('one')).toEqual(newer);
    expect(await notices.find('two')).toEqual(other);
  });

  it('finds nothing for a thread without notices', async () => {
    expect(await driver.create().find('one')).toBeNull();
  });

  it('forgets a notice after its lifetime of 60 s', async () => {
    const notices = driver.create();
    await notices.store('one', notice);
    await driver.elapse(60_000);
    expect(await notices.find('one')).toBeNull();
  });
}

describe('MemoryLastNoticeRepository', () => {
  let clock = new VirtualClock();

  describeLastNoticeRepository({
    create: () => {
      clock = new VirtualClock();
      return new MemoryLastNoticeRepository(new ExpiringMap<MessageRef>(clock, 60_000));
    },
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
  });
});

describe('RedisLastNoticeRepository', () => {
  const keyPrefix = `test:{${randomUUID()}}:last:`;
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(inject('redisUrl'));
  });
  afterAll(async () => {
    await redis.del(...(await redis.keys(`${keyPrefix}*`)), `${keyPrefix}none`);
    redis.disconnect();
  });

  describeLastNoticeRepository({
    create: () =>
      new RedisLastNoticeRepository(redis, {
        keyPrefix: `${keyPrefix}${randomUUID()}:`,
        ttlSeconds: 60,
      }),
    elapse: (ms) => elapseInRedis(redis, keyPrefix, ms),
  });

  it('throws a ThreadMappingError when Redis is away', async () => {
    const away = new Redis(await freePort(), '127.0.0.1', { maxRetriesPerRequest: 1 });
    away.on('error', () => undefined);
    const notices = new RedisLastNoticeRepository(away, { keyPrefix, ttlSeconds: 60 });
    await expect(notices.find('one')).rejects.toBeInstanceOf(ThreadMappingError);
    await expect(notices.store('one', notice)).rejects.toBeInstanceOf(ThreadMappingError);
    away.disconnect();
  });
});
