import { randomUUID } from 'node:crypto';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { OrderedQueueOptions } from '../../src/queue/ordered-queue.js';
import { LeaseLostError } from '../../src/queue/lease-lost.error.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { RedisJobBatch } from '../../src/storage/redis/redis-job-batch.js';
import { RedisJobStore } from '../../src/storage/redis/redis-job-store.js';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { JobRecorder } from '../contracts/job-recorder.js';
import { readinessOf } from '../support/readiness-of.js';
import { RedisServer } from '../support/redis-server.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const OPTIONS = { retry: { attempts: 3, delaysMs: [5] }, batchSize: 10, concurrency: 10 };

describe('RedisJobStore', () => {
  let client: Redis;
  let prefix: string;
  let store: RedisJobStore<string, string>;

  beforeEach(() => {
    client = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
    prefix = `tg:{${randomUUID()}}`;
    store = new RedisJobStore(client, `${prefix}:inbox:`);
  });

  afterEach(() => client.disconnect());

  const createQueue = (options: Partial<OrderedQueueOptions<string, string>> = {}) => {
    const readiness = readinessOf(client, prefix);
    const shared = { bullmq, client, blockingClient: client, shutdown: new ShutdownDeadline() };
    const context = { ...shared, readiness, prefix, name: 'inbox' };
    return new RedisOrderedQueue<string, string>(context, { ...OPTIONS, ...options });
  };
  const enqueue = async (key: string, ...ids: string[]) => {
    for (const id of ids)
      await store.enqueue(key, { id, payload: `payload of ${id}`, attempts: 0 });
  };
  const read = async (key: string) => new RedisJobBatch(store, key, await store.read(key, 10));
  const idsOf = async (key: string) => (await store.read(key, 100)).jobs.map(({ job }) => job.id);
  const keys = async () => {
    const found: string[] = [];
    for await (const page of store.keys()) found.push(...page);
    return found.toSorted();
  };

  it('refuses every change of a batch whose key another process has taken over', async () => {
    await enqueue('a', '1', '2', '3');
    const [late, heir] = [await read('a'), await read('a')];
    await heir.complete(0, 'begun');
    const [job] = late.jobs;
    if (!job) throw new Error('no job');
    await expect(late.complete(0, 'begun')).rejects.toBeInstanceOf(LeaseLostError);
    await expect(late.complete(1)).rejects.toBeInstanceOf(LeaseLostError);
    await expect(late.fail(job)).rejects.toBeInstanceOf(LeaseLostError);
    await expect(late.moveToDeadLetters(job, 'late')).rejects.toBeInstanceOf(LeaseLostError);
    expect(await idsOf('a')).toEqual(['1', '2', '3']);
    await heir.complete(1);
    expect(await idsOf('a')).toEqual(['2', '3']);
    expect(await client.exists(...store.deadLetterKeys)).toBe(0);
  });

  it('writes a change once that a client sends twice, because its connection was lost before the answer', async () => {
    await enqueue('a', '1', '2', '3');
    const [first, second] = (await store.read('a', 2)).jobs;
    const changed = JSON.stringify({ ...second?.job, progress: 'half' });
    const complete = () => store.complete('a', first?.text ?? '', 1, changed);
    expect([await complete(), await complete()]).toEqual([2, 2]);
    expect((await read('a')).jobs).toMatchObject([{ id: '2', progress: 'half' }, { id: '3' }]);
  });

  it('has no key that has no jobs', async () => {
    await enqueue('a', '1');
    await enqueue('b', '2');
    await (await read('a')).complete(1);
    expect(await keys()).toEqual(['b']);
    const batch = await read('b');
    const [job] = batch.jobs;
    if (!job) throw new Error('no job');
    await batch.moveToDeadLetters(job, 'ill');
    expect(await keys()).toEqual([]);
    await store.retryDeadLetter({ key: 'b', job, reason: 'ill', failedAtMs: 0 });
    expect(await keys()).toEqual(['b']);
  });

  it('has a job wait by the clock of Redis, and those behind it with it', async () => {
    await enqueue('a', '1', '2');
    await (await read('a')).delay(600);
    const { nowMs, jobs } = await store.read('a', 10);
    const waitMs = (jobs[0]?.job.delay?.untilMs ?? 0) - nowMs;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(601);
  });

  it('reads no more of a key than one batch can use, and its first job in any case', async () => {
    for (let i = 0; i < 20; i += 1) {
      await store.enqueue('a', { id: `large-${i}`, payload: 'x'.repeat(1e6), attempts: 0 });
    }
    await enqueue('b', ...Array.from({ length: 300 }, (_, i) => `small-${i}`));
    expect((await store.read('a', 100)).jobs).toHaveLength(1);
    expect((await store.read('b', 100)).jobs).toHaveLength(100);
  });

  it('names no more keys at the end than a log line can use', async () => {
    await Promise.all(Array.from({ length: 3_000 }, (_, i) => enqueue(`k${i}`, `${i}`)));
    const queue = createQueue();
    expect((await queue.close(1_000)).length).toBeLessThan(1_500);
  });

  it('keeps all that belongs to a desk on one node of a cluster', async () => {
    const queue = createQueue();
    queue.process(new JobRecorder());
    await queue.enqueue('a', '1', 'one');
    await queue.enqueue('{b}', '2', 'two');
    const names = await client.keys(`*${prefix}*`);
    expect(names.length).toBeGreaterThan(4);
    // Redis Cluster places a key by what its first braces hold.
    const tags = names.map((name) => /\{([^}]*)\}/.exec(name)?.[1]);
    expect(tags).toEqual(names.map(() => prefix.slice('tg:{'.length, -1)));
    await queue.close(1_000);
  });

  it('forgets dead letters after 30 days and not before', async () => {
    for (const [id, days] of [['old', 31] as const, ['young', 29] as const]) {
      await enqueue(id, id);
      const [head] = (await store.read(id, 1)).jobs;
      if (!head) throw new Error('no job');
      const failedAtMs = Date.now() - days * DAY_MS;
      await store.moveToDeadLetters(head.text, {
        key: id,
        job: head.job,
        reason: 'ill',
        failedAtMs,
      });
    }
    const queue = createQueue();
    queue.process(new JobRecorder());
    await expect
      .poll(async () => (await queue.deadLetters()).map((letter) => letter.job.id))
      .toEqual(['young']);
    await queue.close(1_000);
  });

  it('has one BullMQ job for all jobs of a key that wait', async () => {
    const queue = createQueue();
    for (const payload of ['one', 'two', 'three']) await queue.enqueue('a', payload, payload);
    expect(await client.llen(`${prefix}:inbox:wait`)).toBe(1);
    const recorder = new JobRecorder();
    queue.process(recorder);
    await recorder.sees(3);
    expect(recorder.seen).toEqual(['a:one', 'a:two', 'a:three']);
    await vi.waitFor(async () => expect(await keys()).toEqual([]));
    await queue.close(1_000);
  });

  it('looks for keys that wait when Redis is back, because the look at the start was in vain', async () => {
    const server = await RedisServer.start({ durable: true });
    const own = new Redis(server.url, { maxRetriesPerRequest: 1, commandTimeout: 300 });
    const blockingClient = new Redis(server.url, { maxRetriesPerRequest: null });
    for (const each of [own, blockingClient]) each.on('error', () => undefined);
    const half = new RedisJobStore(own, `${prefix}:inbox:`);
    await half.enqueue('a', { id: '1', payload: 'one', attempts: 0 });
    await server.kill();
    const readiness = readinessOf(own, prefix);
    const shared = { bullmq, client: own, blockingClient, shutdown: new ShutdownDeadline() };
    const context = { ...shared, readiness, prefix, name: 'inbox' };
    const queue = new RedisOrderedQueue<string, string>(context, OPTIONS);
    const recorder = new JobRecorder();
    queue.process(recorder);
    await expect(own.ping()).rejects.toBeInstanceOf(Error);
    await server.restart();
    await recorder.sees(1);
    await queue.close(1_000);
    own.disconnect();
    blockingClient.disconnect();
    await server.stop();
  });

  it('processes what a process has enqueued that ended between the two steps', async () => {
    await enqueue('a', '1');
    const queue = createQueue();
    const recorder = new JobRecorder();
    queue.process(recorder);
    await recorder.sees(1);
    expect(recorder.seen).toEqual(['a:payload of 1']);
    await queue.close(1_000);
  });
});
