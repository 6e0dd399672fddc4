import { VirtualClock } from 'telegram-bot-api-emulator';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { SystemClock } from '../../../src/common/system-clock.js';
import { transcriptStoreCases } from '../../../src/testing/index.js';
import { fromAgent, fromCustomer } from '../../../src/testing/transcripts/transcript-samples.js';
import { memoryStore, TranscriptRedis } from './transcript-stores.js';

describe('MemoryTranscriptStore', () => {
  it.each(transcriptStoreCases)('$name', async ({ run }) => {
    await expect(run(memoryStore(new SystemClock()))).resolves.toBeUndefined();
  });

  it('forgets a thread when it has not changed for as long as threads are kept', async () => {
    const clock = new VirtualClock();
    const store = memoryStore(clock, { retentionMs: 1_000 });
    await store.createThread({ threadId: 'one', customerId: 'ada' });
    await store.createThread({ threadId: 'two', customerId: 'ada' });
    clock.advance(900);
    await store.append('two', fromCustomer('c:1'));
    await store.markRead('one', 'customer', 5);
    clock.advance(100);
    expect(await store.findThread('one')).toBeNull();
    expect((await store.listThreads('ada', { limit: 5 })).map(({ threadId }) => threadId)).toEqual([
      'two',
    ]);
    clock.advance(900);
    expect(await store.findThread('two')).toBeNull();
  });

  it('forgets the thread that was left alone the longest when there are too many', async () => {
    const store = memoryStore(new VirtualClock(), {}, 3);
    for (const threadId of ['one', 'two', 'three'])
      await store.createThread({ threadId, customerId: 'ada' });
    await store.append('one', fromCustomer('c:1'));
    await store.createThread({ threadId: 'four', customerId: 'ada' });
    const kept = await store.listThreads('ada', { limit: 5 });
    expect(kept.map(({ threadId }) => threadId)).toEqual(['four', 'one', 'three']);
  });

  it('forgets the oldest messages of a thread when there are too many', async () => {
    const store = memoryStore(new VirtualClock(), { maxMessages: 3 });
    await store.createThread({ threadId: 'one', customerId: 'ada' });
    for (const id of ['a:1', 'a:2', 'a:3', 'a:4', 'a:5']) {
      await store.append('one', fromAgent(id));
      if (id === 'a:3') await store.edit('one', 'a:1', { text: 'new' });
    }
    const kept = await store.list('one', { after: 0, limit: 10 });
    expect(kept.map(({ id }) => id)).toEqual(['a:3', 'a:4', 'a:5']);
    expect((await store.findThread('one'))?.unread).toBe(3);
  });
});

describe('RedisTranscriptStore', () => {
  let redis: TranscriptRedis;

  beforeAll(() => {
    redis = new TranscriptRedis(inject('redisUrl'));
  });
  afterAll(() => redis.close());

  it.each(transcriptStoreCases)('$name', async ({ run }) => {
    await expect(run(redis.store(new SystemClock()))).resolves.toBeUndefined();
  });

  it('lists the thread first that has changed last', async () => {
    const clock = new VirtualClock();
    const store = redis.store(clock);
    for (const threadId of ['first', 'second', 'third']) {
      await store.createThread({ threadId, customerId: 'grace' });
      clock.advance(1_000);
    }
    await store.append('first', fromCustomer('c:1'));
    clock.advance(1_000);
    await store.markRead('second', 'agents', 9);
    const listed = await store.listThreads('grace', { limit: 2 });
    expect(listed.map(({ threadId }) => threadId)).toEqual(['first', 'third']);
  });

  it('forgets the oldest messages of a thread when there are too many', async () => {
    const store = redis.store(new VirtualClock(), { maxMessages: 3 });
    await store.createThread({ threadId: 'many', customerId: 'ada' });
    for (const id of ['a:1', 'a:2', 'a:3', 'a:4', 'a:5']) {
      await store.append('many', fromAgent(id));
      if (id === 'a:3') await store.edit('many', 'a:1', { text: 'new' });
    }
    const kept = await store.list('many', { after: 0, limit: 10 });
    expect(kept.map(({ id }) => id)).toEqual(['a:3', 'a:4', 'a:5']);
    expect((await store.findThread('many'))?.unread).toBe(3);
    const [, log, index, numbers, agents] = redis.keys.ofThread('many');
    const sizes = [
      redis.client.xlen(log),
      redis.client.hlen(index),
      redis.client.zcard(numbers),
      redis.client.zcard(agents),
    ];
    expect(await Promise.all(sizes)).toEqual([3, 3, 3, 3]);
  });

  it('lets all keys of a thread expire together, and keeps them on one node of a cluster', async () => {
    const store = redis.store(new SystemClock(), { retentionMs: 60_000 });
    await store.createThread({ threadId: 'kept', customerId: 'linus' });
    await store.append('kept', fromAgent('a:1'));
    const keys = redis.keys.ofThread('kept');
    const tags = keys.map((key) => /\{(.*?)\}/.exec(key)?.[1]);
    expect(new Set(tags)).toEqual(new Set(['kept']));
    for (const key of [...keys, redis.keys.ofCustomer('linus')]) {
      const leftMs = await redis.client.pttl(key);
      expect(leftMs).toBeGreaterThan(0);
      expect(leftMs).toBeLessThanOrEqual(60_000);
    }
    expect((await redis.allKeys()).filter((key) => key.includes('kept')).toSorted()).toEqual(
      [...keys].toSorted(),
    );
  });

  it('forgets a thread, and takes it off the list, when its life has ended', async () => {
    const store = redis.store(new SystemClock(), { retentionMs: 200 });
    await store.createThread({ threadId: 'brief', customerId: 'alan' });
    await store.append('brief', fromCustomer('c:1'));
    await vi.waitUntil(async () => (await store.findThread('brief')) === null, 20_000);
    expect(await store.listThreads('alan', { limit: 5 })).toEqual([]);
    expect(await store.append('brief', fromCustomer('c:2'))).toBeNull();
    const anew = await store.createThread({ threadId: 'brief', customerId: 'alan' });
    expect(anew.lastNumber).toBe(0);
  });

  it('begins a thread anew when Redis has lost its record alone', async () => {
    const store = redis.store(new SystemClock());
    await store.createThread({ threadId: 'torn', customerId: 'ada' });
    for (const id of ['c:1', 'c:2']) await store.append('torn', fromCustomer(id));
    await redis.client.del(redis.keys.ofThread('torn')[0]);
    await store.createThread({ threadId: 'torn', customerId: 'ada' });
    const appended = await store.append('torn', fromCustomer('c:2'));
    expect(appended).toMatchObject({ isNew: true, message: { number: 1 } });
    expect(await store.list('torn', { after: 0, limit: 5 })).toHaveLength(1);
  });
});
