import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ThreadMappingError, type MessageRef } from '../../src/index.js';
import { TtlMap } from '../../src/common/ttl-map.js';
import { VirtualClock } from 'telegram-bot-api-emulator';
import type { LastNoticeRepository } from '../../src/threads/last-notice.repository.js';
import type { RecentNotice } from '../../src/threads/recent-notice.interface.js';
import { MemoryLastNoticeRepository } from '../../src/storage/memory/memory-last-notice.repository.js';
import { RedisLastNoticeRepository } from '../../src/storage/redis/redis-last-notice.repository.js';
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

  it('knows the newest 100 notices of all threads, for 60 s', async () => {
    const notices = driver.create();
    const added = Array.from({ length: 101 }, (_, i) => {
      return { threadId: `thread ${i % 2}:\n7`, messageId: i + 1, date: 1_000 + i };
    });
    for (const each of added) await notices.addRecent(each);
    const recent = await notices.recent();
    expect(recent.toSorted((a, b) => a.messageId - b.messageId)).toEqual(added.slice(1));
    await driver.elapse(60_000);
    expect(await notices.recent()).toEqual([]);
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
      return new MemoryLastNoticeRepository(
        new TtlMap<MessageRef>(clock, 60_000),
        new TtlMap<RecentNotice>(clock, 60_000),
      );
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
    create: () => {
      const prefix = `${keyPrefix}${randomUUID()}:`;
      const options = { keyPrefix: prefix, recentKey: `${prefix}recent`, ttlSeconds: 60 };
      return new RedisLastNoticeRepository(redis, options);
    },
    elapse: (ms) => elapseInRedis(redis, keyPrefix, ms),
  });

  it('throws a ThreadMappingError when Redis is away', async () => {
    const away = new Redis(await freePort(), '127.0.0.1', { maxRetriesPerRequest: 1 });
    away.on('error', () => undefined);
    const notices = new RedisLastNoticeRepository(away, {
      keyPrefix,
      recentKey: `${keyPrefix}recent`,
      ttlSeconds: 60,
    });
    await expect(notices.find('one')).rejects.toBeInstanceOf(ThreadMappingError);
    await expect(notices.store('one', notice)).rejects.toBeInstanceOf(ThreadMappingError);
    await expect(notices.recent()).rejects.toBeInstanceOf(ThreadMappingError);
    const recent = { threadId: 'one', messageId: 1, date: 1 };
    await expect(notices.addRecent(recent)).rejects.toBeInstanceOf(ThreadMappingError);
    away.disconnect();
  });
});
