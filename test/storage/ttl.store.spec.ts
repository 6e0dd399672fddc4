import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TtlMap } from '../../src/common/ttl-map.js';
import { MemoryTtlStore } from '../../src/storage/memory/memory-ttl-store.js';
import { RedisTtlStore } from '../../src/storage/redis/redis-ttl-store.js';
import type { TtlStore } from '../../src/storage/ttl-store.js';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { freePort } from '../support/redis-server.js';
import { elapseInRedis } from '../support/redis-time.js';

const LIFE_MS = 60_000;

interface Driver {
  create(): TtlStore;
  elapse(ms: number): Promise<void>;
}

function describeTtlStore(driver: Driver): void {
  it('keeps the value that was set last', async () => {
    const store = driver.create();
    expect(await store.get('one')).toBeNull();
    await store.set('one', 'a');
    await store.set('one', 'b');
    await store.set('two', '');
    expect(await store.get('one')).toBe('b');
    expect(await store.get('two')).toBe('');
  });

  it('sets a value once, and says which one is there', async () => {
    const store = driver.create();
    expect(await store.setIfAbsent('one', 'a')).toBe('a');
    expect(await store.setIfAbsent('one', 'b')).toBe('a');
    expect(await store.setIfAbsent('one', 'a')).toBe('a');
  });

  it('forgets a value that is deleted', async () => {
    const store = driver.create();
    await store.set('one', 'a');
    await store.delete('one');
    await store.delete('two');
    expect(await store.get('one')).toBeNull();
  });

  it('forgets a value after its life, which asking does not renew', async () => {
    const store = driver.create();
    await store.setIfAbsent('one', 'a');
    await driver.elapse(LIFE_MS - 10_000);
    expect(await store.setIfAbsent('one', 'b')).toBe('a');
    expect(await store.get('one')).toBe('a');
    await driver.elapse(10_000);
    expect(await store.get('one')).toBeNull();
    expect(await store.setIfAbsent('one', 'b')).toBe('b');
  });
}

describe('MemoryTtlStore', () => {
  let clock = new VirtualClock();

  describeTtlStore({
    create: () => {
      clock = new VirtualClock();
      return new MemoryTtlStore(new TtlMap(clock, LIFE_MS));
    },
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
  });
});

describe('RedisTtlStore', () => {
  const keyPrefix = `test:{${randomUUID()}}:`;
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(inject('redisUrl'));
  });
  afterAll(async () => {
    await redis.del(...(await redis.keys(`${keyPrefix}*`)), `${keyPrefix}none`);
    redis.disconnect();
  });

  describeTtlStore({
    create: () => new RedisTtlStore(redis, `${keyPrefix}${randomUUID()}:`, LIFE_MS),
    elapse: (ms) => elapseInRedis(redis, keyPrefix, ms),
  });

  it('rejects when Redis is away', async () => {
    const away = new Redis(await freePort(), '127.0.0.1', { maxRetriesPerRequest: 1 });
    away.on('error', () => undefined);
    const store = new RedisTtlStore(away, keyPrefix, LIFE_MS);
    await expect(store.get('one')).rejects.toThrow('Reached the max retries');
    await expect(store.setIfAbsent('one', 'a')).rejects.toThrow('Reached the max retries');
    away.disconnect();
  });
});
