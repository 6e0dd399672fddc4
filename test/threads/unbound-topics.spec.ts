import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { TtlMap } from '../../src/common/ttl-map.js';
import { MemoryThreadStateRepository } from '../../src/storage/memory/memory-thread-state.repository.js';
import { RedisThreadStateRepository } from '../../src/storage/redis/redis-thread-state.repository.js';
import type { ThreadRecord } from '../../src/threads/thread-record.interface.js';
import type { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { MemoryDeskStorage } from '../../src/storage/memory/memory-desk-storage.js';
import { RedisTtlStore } from '../../src/storage/redis/redis-ttl-store.js';
import { UnboundTopics } from '../../src/threads/unbound-topics.js';

const CHAT = -1_001_234;
const RECORD_MS = 60_000;

type Stores = readonly [UnboundTopics, UnboundTopics, ThreadStateRepository];

/** The stores of two processes of a desk, of which there is one in memory, and the records of their threads. */
const STORAGES: ReadonlyArray<readonly [string, () => Stores]> = [
  [
    'memory',
    () => {
      const clock = new VirtualClock();
      const threads = new MemoryThreadStateRepository(
        new TtlMap<ThreadRecord>(clock, RECORD_MS),
        new TtlMap<string>(clock, RECORD_MS),
      );
      const topics = new UnboundTopics(new MemoryDeskStorage(clock), threads);
      return [topics, topics, threads];
    },
  ],
  [
    'Redis',
    () => {
      const client = new Redis(inject('redisUrl'));
      onTestFinished(() => client.disconnect());
      const prefix = `test:${randomUUID()}:`;
      const storage = {
        ttlStore: (name: string, lifeMs: number) =>
          new RedisTtlStore(client, `${prefix}${name}:`, lifeMs),
      };
      const options = { keyPrefix: prefix, ttlSeconds: RECORD_MS / 1000 };
      const threads = new RedisThreadStateRepository(client, options);
      return [new UnboundTopics(storage, threads), new UnboundTopics(storage, threads), threads];
    },
  ],
];

describe.each(STORAGES)('Topics that Telegram has announced, in %s,', (_name, create) => {
  const topic = (topicId: number) => ({ chatId: CHAT, topicId });

  it('are found by their name, by one thread each', async () => {
    const [first, second] = create();
    await first.add('Refund', topic(1));
    await first.add('Refund', topic(2));
    expect(await second.take('Refund', 't1')).toEqual(topic(1));
    expect(await first.take('Refund', 't2')).toEqual(topic(2));
    expect(await first.take('Refund', 't3')).toBeNull();
    expect(await first.take('Parcel', 't3')).toBeNull();
  });

  it('stay with the thread that has taken one', async () => {
    const [first, second] = create();
    await first.add('Refund', topic(1));
    expect(await first.take('Refund', 't1')).toEqual(topic(1));
    expect(await second.take('Refund', 't1')).toEqual(topic(1));
  });

  it('are not taken again by the thread that has had one, which may be deleted since', async () => {
    const [first, second] = create();
    await first.add('Refund', topic(1));
    expect(await first.take('Refund', 't1')).toEqual(topic(1));
    await first.settle(topic(1));
    expect(await second.take('Refund', 't1')).toBeNull();
    expect(await second.claim(topic(1), 't1')).toBe(false);
    await second.settle(topic(2));
    await second.add('Refund', topic(2));
    await second.add('Refund', topic(3));
    expect(await second.take('Refund', 't1')).toEqual(topic(3));
  });

  it('are no others when Telegram announces one twice', async () => {
    const [first, second] = create();
    await first.add('Refund', topic(1));
    await second.add('Refund', topic(1));
    expect(await first.take('Refund', 't1')).toEqual(topic(1));
    expect(await first.take('Refund', 't2')).toBeNull();
  });

  it('are not given to a thread when another one has had the answer of Telegram', async () => {
    const [first, second] = create();
    await first.add('Refund', topic(1));
    expect(await first.claim(topic(1), 't1')).toBe(true);
    expect(await second.take('Refund', 't2')).toBeNull();
  });

  it('are not kept by a thread whose answer comes when another one has taken the topic', async () => {
    const [first, second] = create();
    await first.add('Refund', topic(1));
    expect(await first.take('Refund', 't1')).toEqual(topic(1));
    expect(await second.claim(topic(1), 't2')).toBe(false);
  });

  it('are found although Telegram has changed spaces and invisible characters of the name', async () => {
    const [first, second] = create();
    await first.add('Alice: a b', topic(1));
    expect(await second.take('Alice:  a\u200e b ', 't1')).toEqual(topic(1));
  });

  it('are not given to a thread when they are that of another one, however late they are announced', async () => {
    const [first, second, threads] = create();
    const looks = { name: 'Refund', isClosed: false };
    await threads.update('t1', { topic: { ...topic(1), ...looks } });
    await first.add('Refund', topic(1));
    await first.add('Refund', topic(2));
    expect(await second.take('Refund', 't2')).toEqual(topic(2));
    expect(await second.take('Refund', 't3')).toBeNull();
    expect(await second.claim(topic(1), 't3')).toBe(false);
    // Its process may have been killed before it knew.
    expect(await second.take('Refund', 't1')).toEqual(topic(1));
  });
});
