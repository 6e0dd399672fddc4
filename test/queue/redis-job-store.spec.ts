import { randomUUID } from 'node:crypto';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { OrderedQueueOptions } from '../../src/queue/ordered-queue.js';
import { LeaseLostError } from '../../src/queue/lease-lost.error.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { JOB_SCRIPTS } from '../../src/storage/redis/redis-job-scripts.js';
import { RedisJobStore } from '../../src/storage/redis/redis-job-store.js';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { describeJobStoreBacklog } from '../contracts/job-store-backlog.contract.js';
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
    store = new RedisJobStore(contextOf(client));
  });

  afterEach(() => client.disconnect());

  const contextOf = (own: Redis, blockingClient = own) => {
    const readiness = readinessOf(own, prefix);
    const shared = { bullmq, client: own, blockingClient, shutdown: new ShutdownDeadline() };
    return { ...shared, readiness, prefix, name: 'inbox' };
  };
  const createQueue = (options: Partial<OrderedQueueOptions<string, string>> = {}) =>
    new RedisOrderedQueue<string, string>(contextOf(client), { ...OPTIONS, ...options });
  const enqueue = async (key: string, ...ids: string[]) => {
    for (const id of ids)
      await store.enqueue(key, { id, payload: `payload of ${id}`, attempts: 0 });
  };
  /** The first job of a key, as one worker has read it. */
  const head = async (key: string) => {
    const [job] = (await store.read(key, 1)).jobs;
    if (!job) throw new Error('no job');
    return job;
  };
  const idsOf = async (key: string) => (await store.read(key, 100)).jobs.map(({ id }) => id);
  const keys = async () => {
    const found: string[] = [];
    for await (const page of store.keys()) found.push(...page);
    return found.toSorted();
  };

  describeJobStoreBacklog(() => store);

  it('refuses every change to a key that another process has taken over', async () => {
    await enqueue('a', '1', '2', '3');
    const [late, heir] = [await head('a'), await head('a')];
    const begun = { ...heir, progress: 'begun' };
    await store.complete('a', heir, 0, begun);
    const changes = [
      store.complete('a', late, 0, { ...late, progress: 'begun' }),
      store.complete('a', late, 1),
      store.delay('a', late, 1_000),
      store.moveToDeadLetters('a', late, 'late'),
    ];
    for (const change of changes) await expect(change).rejects.toBeInstanceOf(LeaseLostError);
    expect(await idsOf('a')).toEqual(['1', '2', '3']);
    await store.complete('a', begun, 1);
    expect(await idsOf('a')).toEqual(['2', '3']);
    expect(await client.exists(...store.deadLetters.keys)).toBe(0);
  });

  it('writes a change once that a client sends twice, because its connection was lost before the answer', async () => {
    await enqueue('a', '1', '2', '3');
    const [first = '', second = ''] = await client.lrange(`${prefix}:inbox:jobs:a`, 0, 1);
    const changed = JSON.stringify({ ...JSON.parse(second), progress: 'half' });
    const names = [`${prefix}:inbox:jobs:a`, `${prefix}:inbox:keys`, ...store.deadLetters.keys];
    const complete = () => JOB_SCRIPTS.complete.run(client, names, ['a', first, 1, changed]);
    expect([await complete(), await complete()]).toEqual([2, 2]);
    const { jobs } = await store.read('a', 10);
    expect(jobs).toMatchObject([{ id: '2', progress: 'half' }, { id: '3' }]);
  });

  it('has no key that has no jobs', async () => {
    await enqueue('a', '1');
    await enqueue('b', '2');
    await store.complete('a', await head('a'), 1);
    expect(await keys()).toEqual(['b']);
    await store.moveToDeadLetters('b', await head('b'), 'ill');
    expect(await keys()).toEqual([]);
    expect(await store.retryDeadLetter('2')).toEqual({ key: 'b', needsTurn: true });
    expect(await keys()).toEqual(['b']);
  });

  it('has a job wait by the clock of Redis, and those behind it with it', async () => {
    await enqueue('a', '1', '2');
    await store.delay('a', await head('a'), 600_000);
    const { waitMs } = await store.read('a', 10);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(600_001);
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
      await store.moveToDeadLetters(id, await head(id), 'ill');
      const [, times] = store.deadLetters.keys;
      await client.zadd(times, Date.now() - days * DAY_MS, id);
    }
    const queue = createQueue();
    queue.process(new JobRecorder());
    const left = async () => (await queue.deadLetters()).map((letter) => letter.job.id);
    await expect.poll(left, { timeout: 20_000 }).toEqual(['young']);
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
    await vi.waitFor(async () => expect(await keys()).toEqual([]), 20_000);
    await queue.close(1_000);
  });

  it('looks for keys that wait when Redis is back, because the look at the start was in vain', async () => {
    const server = await RedisServer.start({ durable: true });
    const own = new Redis(server.url, { maxRetriesPerRequest: 1 });
    const blockingClient = new Redis(server.url, { maxRetriesPerRequest: null });
    for (const each of [own, blockingClient]) each.on('error', () => undefined);
    const context = contextOf(own, blockingClient);
    const half = new RedisJobStore(context);
    await half.enqueue('a', { id: '1', payload: 'one', attempts: 0 });
    await server.kill();
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
