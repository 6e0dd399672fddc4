import { randomUUID } from 'node:crypto';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import type { OrderedQueueOptions } from '../../src/queue/ordered-queue.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { JobRecorder } from '../contracts/job-recorder.js';
import { readinessOf } from '../support/readiness-of.js';
import { Gate } from '../support/gate.js';
import { LossyProxy } from '../support/lossy.proxy.js';

const RETRY = { attempts: 3, delaysMs: [60_000] };

describe('workers of one queue', () => {
  let client: Redis;
  let prefix: string;
  const queues: Array<RedisOrderedQueue<string, string>> = [];
  const gates: Gate[] = [];
  const ends: Array<() => Promise<void>> = [];

  beforeEach(() => {
    client = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
    prefix = `tg:{${randomUUID()}}`;
  });

  afterEach(async () => {
    for (const gate of gates.splice(0)) gate.open();
    for (const queue of queues.splice(0)) await queue.close(1_000);
    for (const end of ends.splice(0)) await end();
    client.disconnect();
  });

  /** What a process has. */
  const createQueue = (
    options: Partial<OrderedQueueOptions<string, string>> = {},
    blockingClient = client,
  ) => {
    const context = {
      bullmq,
      client,
      blockingClient,
      shutdown: new ShutdownDeadline(),
      readiness: readinessOf(client, prefix),
    };
    const queue = new RedisOrderedQueue<string, string>(
      { ...context, prefix, name: 'inbox' },
      { retry: RETRY, batchSize: 1, concurrency: 1, ...options },
    );
    queues.push(queue);
    return queue;
  };
  const brokenConnection = async () => {
    const proxy = await LossyProxy.start(inject('redisUrl'));
    const blockingClient = new Redis(proxy.url, {
      maxRetriesPerRequest: null,
      retryStrategy: () => 5,
    });
    blockingClient.on('error', () => undefined);
    ends.push(async () => {
      blockingClient.disconnect();
      await proxy.stop();
    });
    return { proxy, blockingClient };
  };
  const blockingConnection = () => {
    const connection = client.duplicate();
    ends.push(() => Promise.resolve(connection.disconnect()));
    return connection;
  };
  const hang = () => {
    const gate = new Gate();
    gates.push(gate);
    return gate.pass();
  };

  it('gives a job to an idle process when the one that enqueued it is at its limit', async () => {
    const [full, idle] = [createQueue(), createQueue()];
    const busy = new JobRecorder(hang);
    full.process(busy);
    await full.enqueue('a', '1', 'one');
    await busy.sees(1);
    const other = new JobRecorder();
    idle.process(other);
    await full.enqueue('b', '2', 'two');
    await other.sees(1);
    expect(other.seen).toEqual(['b:two']);
  });

  it('gives a job to a busy process that is below its limit', async () => {
    const [full, roomy] = [createQueue(), createQueue({ concurrency: 2 })];
    const recorders = [new JobRecorder(hang), new JobRecorder(hang)] as const;
    for (const [i, queue] of [full, roomy].entries()) {
      const recorder = recorders[i];
      if (!recorder) continue;
      queue.process(recorder);
      await queue.enqueue(`key ${i}`, `${i}`, 'first');
      await recorder.sees(1);
    }
    await full.enqueue('b', '2', 'two');
    await recorders[1].sees(2);
    expect(recorders[1].seen).toEqual(['key 1:first', 'b:two']);
  });

  it.each([
    ['is paused', async (queue: RedisOrderedQueue<string, string>) => queue.pause()],
    ['is closed', (queue: RedisOrderedQueue<string, string>) => queue.close(10_000)],
  ])('gives what is left to an idle process when one %s', async (_name, stop) => {
    const [stopping, idle] = [createQueue(), createQueue()];
    const second = new JobRecorder();
    idle.process(second);
    // Its sweep at the start is over.
    await idle.enqueue('other', 'zero', 'zero');
    await second.sees(1);
    idle.pause();
    const gate = new Gate();
    const first = new JobRecorder(() => gate.pass());
    stopping.process(first);
    for (const payload of ['one', 'two']) await stopping.enqueue('a', payload, payload);
    await gate.reached;
    idle.resume();
    const stopped = stop(stopping);
    gate.open();
    await second.sees(2);
    await stopped;
    expect([first.seen, second.seen]).toEqual([['a:one'], ['other:zero', 'a:two']]);
  });

  it('goes on after each of many pauses', async () => {
    const queue = createQueue();
    const recorder = new JobRecorder();
    queue.process(recorder);
    for (let i = 1; i <= 60; i += 1) {
      queue.pause();
      await queue.enqueue(`key ${i % 3}`, String(i), String(i));
      queue.resume();
      await recorder.sees(i);
    }
    expect(recorder.seen).toHaveLength(60);
  });

  it('pauses and goes on, however short the pause and however often', async () => {
    const queue = createQueue();
    let turns = 0;
    const handled: string[] = [];
    const recorder = new JobRecorder(({ jobs: [item] }) => {
      turns += 1;
      if (turns % 4 !== 0) return { pauseMs: turns % 3 };
      handled.push(item?.payload ?? '');
      return undefined;
    });
    queue.process(recorder);
    const payloads = Array.from({ length: 100 }, (_, i) => String(i));
    for (const payload of payloads) await queue.enqueue(`key ${payload}`, payload, payload);
    await vi.waitFor(() => expect(handled).toHaveLength(100), { timeout: 30_000 });
    expect(new Set(handled)).toEqual(new Set(payloads));
    // The pauses have left no jobs behind.
    expect(await client.llen(`${prefix}:inbox:wait`)).toBeLessThan(5);
  });

  it('processes each job once, in order, when connections are lost before answers', async () => {
    const { proxy, blockingClient } = await brokenConnection();
    const queue = createQueue({ concurrency: 5, batchSize: 2 }, blockingClient);
    const recorder = new JobRecorder(async (batch) => {
      if (batch.jobs.length > 1) await batch.complete(1);
    });
    queue.process(recorder);
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (let i = 0; i < 25; i += 1) {
      for (const key of keys) await queue.enqueue(key, `${key}${i}`, String(i));
      proxy.swallowNextAnswer();
    }
    await recorder.sees(150);
    await vi.waitFor(async () => {
      expect(await client.exists(`${prefix}:inbox:keys`)).toBe(0);
      expect(await client.llen(`${prefix}:inbox:active`)).toBe(0);
    }, 20_000);
    expect(proxy.swallowed).toBeGreaterThan(2);
    for (const key of keys) {
      const seen = recorder.seen.filter((item) => item.startsWith(`${key}:`));
      expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `${key}:${i}`));
    }
  });

  it.each([2, 3])(
    'passes a job on to the process that can do it, past %d that cannot',
    async (n) => {
      const ids = Array.from({ length: 40 }, (_, i) => String(i));
      const passed: string[] = [];
      const unable = Array.from({ length: n }, () =>
        createQueue({ concurrency: 10 }, blockingConnection()),
      );
      for (const queue of unable) {
        queue.process(
          new JobRecorder(({ jobs }) => {
            passed.push(jobs[0]?.id ?? '');
            return Promise.resolve({ pauseMs: 1, keyOnly: true, isPassedOn: true });
          }),
        );
      }
      const able = createQueue({ concurrency: 10 }, blockingConnection());
      const done = new JobRecorder();
      able.process(done);
      for (const id of ids) await able.enqueue('a', id, id);
      await done.sees(ids.length);
      expect(done.seen).toEqual(ids.map((id) => `a:${id}`));
      // Each of them has a job once, and once more if the others are slow for once.
      const times = ids.map((id) => passed.filter((one) => one === id).length);
      expect(Math.max(...times)).toBeLessThanOrEqual(2 * n);
    },
  );

  it('works on a key whose BullMQ job exists but is in none of its lists', async () => {
    const first = createQueue();
    await first.enqueue('a', '1', 'one');
    // As a script of BullMQ leaves it that loses a right in the middle.
    await client.del(`${prefix}:inbox:wait`, `${prefix}:inbox:marker`);
    const queue = createQueue();
    const recorder = new JobRecorder();
    queue.process(recorder);
    await recorder.sees(1);
    expect(recorder.seen).toEqual(['a:one']);
  });

  it('processes nothing twice when BullMQ takes a living process for dead', async () => {
    const queue = createQueue({ concurrency: 2 });
    const gate = new Gate();
    const recorder = new JobRecorder(() => gate.pass());
    queue.process(recorder);
    await queue.enqueue('a', '1', 'one');
    await gate.reached;
    // As after an outage that was longer than the lock: it is gone, and the next check finds a stalled job.
    await client.del(`${prefix}:inbox:1:lock`);
    const isActiveAgain = async () => Number(await client.hget(`${prefix}:inbox:1`, 'ats'));
    await expect.poll(isActiveAgain, { timeout: 20_000 }).toBeGreaterThan(1);
    gate.open();
    await queue.enqueue('a', '2', 'two');
    await recorder.sees(2);
    await expect.poll(() => client.exists(`${prefix}:inbox:1`), { timeout: 20_000 }).toBe(0);
    expect(recorder.seen).toEqual(['a:one', 'a:two']);
  });
});
