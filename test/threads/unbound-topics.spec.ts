import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { VirtualClock } from 'telegram-bot-api-emulator';
import { MemoryDeskStorage } from '../../src/storage/memory/memory-desk-storage.js';
import { RedisTtlStore } from '../../src/storage/redis/redis-ttl-store.js';
import { UnboundTopics } from '../../src/threads/unbound-topics.js';

const CHAT = -1_001_234;

/** The stores of two processes of a desk; in memory there is one. */
const STORAGES: ReadonlyArray<readonly [string, () => readonly [UnboundTopics, UnboundTopics]]> = [
  [
    'memory',
    () => {
      const topics = new UnboundTopics(new MemoryDeskStorage(new VirtualClock()));
      return [topics, topics];
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
      return [new UnboundTopics(storage), new UnboundTopics(storage)];
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
});
