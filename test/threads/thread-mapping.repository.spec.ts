import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { Redis as Redis5 } from 'ioredis-5';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ThreadMappingError } from '../../src/index.js';
import { TtlMap } from '../../src/common/ttl-map.js';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { MemoryThreadMappingRepository } from '../../src/storage/memory/memory-thread-mapping.repository.js';
import { RedisThreadMappingRepository } from '../../src/storage/redis/redis-thread-mapping.repository.js';
import { describeThreadMappingRepository } from '../contracts/thread-mapping-repository.contract.js';
import { elapseInRedis } from '../support/redis-time.js';
import { RedisServer, freePort } from '../support/redis-server.js';

describe('MemoryThreadMappingRepository', () => {
  let clock = new VirtualClock();

  describeThreadMappingRepository({
    create: ({ ttlSeconds }) => {
      clock = new VirtualClock();
      const threads = new TtlMap<string>(clock, ttlSeconds * 1000);
      return Promise.resolve(new MemoryThreadMappingRepository(threads));
    },
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
  });
});

describe.each([
  { name: 'ioredis 6', open: (url: string) => new Redis(url) },
  { name: 'ioredis 5', open: (url: string) => new Redis5(url) },
])('RedisThreadMappingRepository on $name', ({ open }) => {
  const botId = 7_000_000_001;
  let redis: Redis;
  let keyPrefix: string;

  beforeAll(() => {
    redis = open(inject('redisUrl'));
  });
  afterAll(() => redis.disconnect());
  afterEach(async () => {
    const keys = await redis.keys(`${keyPrefix}*`);
    if (keys.length > 0) await redis.del(...keys);
  });

  function create({ ttlSeconds = 604_800, legacy = false } = {}): RedisThreadMappingRepository {
    keyPrefix = `test:${randomUUID()}:`;
    return new RedisThreadMappingRepository(redis, { botId, keyPrefix, ttlSeconds, legacy });
  }

  async function expectWholeLife(key: string): Promise<void> {
    const leftSeconds = await redis.ttl(key);
    expect(leftSeconds).toBeLessThanOrEqual(604_800);
    expect(leftSeconds).toBeGreaterThan(604_800 - 60);
  }

  describeThreadMappingRepository({
    create: (options) => Promise.resolve(create(options)),
    elapse: (ms) => elapseInRedis(redis, keyPrefix, ms),
  });

  it('keeps the thread id under prefix, bot, chat and message, for the lifetime in seconds', async () => {
    await create().store({ chatId: -100_123, messageId: 7 }, 'one');
    const key = `${keyPrefix}7000000001:-100123:7`;
    expect(await redis.keys(`${keyPrefix}*`)).toEqual([key]);
    expect(await redis.get(key)).toBe('one');
    await expectWholeLife(key);
  });

  it('reads the unscoped key of an earlier system on request, and renews it', async () => {
    const mappings = create({ legacy: true });
    await redis.set(`${keyPrefix}7`, 'old', 'EX', 100);
    expect(await mappings.find({ chatId: -100_123, messageId: 7 })).toBe('old');
    await expectWholeLife(`${keyPrefix}7`);
  });

  it('prefers the scoped key to the unscoped one', async () => {
    const mappings = create({ legacy: true });
    await redis.set(`${keyPrefix}7`, 'old');
    await mappings.store({ chatId: -100_123, messageId: 7 }, 'new');
    expect(await mappings.find({ chatId: -100_123, messageId: 7 })).toBe('new');
  });

  it('does not read the unscoped key unless asked to', async () => {
    const mappings = create();
    await redis.set(`${keyPrefix}7`, 'old');
    expect(await mappings.find({ chatId: -100_123, messageId: 7 })).toBeNull();
  });
});

describe('RedisThreadMappingRepository without Redis', () => {
  const notice = { chatId: -100_123, messageId: 7 };
  const options = { botId: 1, keyPrefix: 'test:', ttlSeconds: 60, legacy: false };

  it('throws a ThreadMappingError within about 2 s when nothing listens', async () => {
    const redis = new Redis(await freePort(), '127.0.0.1', { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    const mappings = new RedisThreadMappingRepository(redis, options);
    const startedAtMs = performance.now();
    await expect(mappings.find(notice)).rejects.toBeInstanceOf(ThreadMappingError);
    await expect(mappings.store(notice, 'one')).rejects.toMatchObject({
      code: 'THREAD_MAPPING',
      message: expect.stringContaining('message 7 in chat -100123'),
    });
    // Without a limit of time it would never end. What the machine stalls comes on top.
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    redis.disconnect();
  });

  it('throws a ThreadMappingError when Redis hangs, and works again when it goes on', async () => {
    const server = await RedisServer.start();
    const redis = new Redis(server.url);
    const mappings = new RedisThreadMappingRepository(redis, options);
    await mappings.store(notice, 'one');
    server.freeze();
    await expect(mappings.find(notice)).rejects.toBeInstanceOf(ThreadMappingError);
    server.thaw();
    expect(await mappings.find(notice)).toBe('one');
    redis.disconnect();
    await server.stop();
  });
});
