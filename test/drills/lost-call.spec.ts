import { randomUUID } from 'node:crypto';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { expect, inject, it, onTestFinished } from 'vitest';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { RedisJobStore } from '../../src/storage/redis/redis-job-store.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { JobRecorder } from '../contracts/job-recorder.js';
import { readinessOf } from '../support/readiness-of.js';

const OPTIONS = { retry: { attempts: 3, delaysMs: [5] }, batchSize: 1, concurrency: 10 };

/** A queue, and what a process leaves that ends between the two steps of enqueuing. */
function createQueue() {
  const client = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
  const blockingClient = client.duplicate();
  const prefix = `tg:{${randomUUID()}}`;
  const shutdown = new ShutdownDeadline();
  const context = {
    bullmq,
    client,
    blockingClient,
    shutdown,
    readiness: readinessOf(client, prefix),
    prefix,
    name: 'inbox',
  };
  const queue = new RedisOrderedQueue<string, string>(context, OPTIONS);
  const store = new RedisJobStore<string, string>(context);
  onTestFinished(async () => {
    await queue.close(1_000);
    client.disconnect();
    blockingClient.disconnect();
  });
  const enqueueHalf = (id: string) => store.enqueue('a', { id, payload: id, attempts: 0 });
  return { queue, enqueueHalf };
}

it('processes a job whose enqueuing was interrupted as soon as it is enqueued again', async () => {
  const { queue, enqueueHalf } = createQueue();
  const recorder = new JobRecorder();
  queue.process(recorder);
  // Its sweep at the start is over.
  await queue.enqueue('other', 'first', 'first');
  await recorder.sees(1);
  await enqueueHalf('half');
  expect(await queue.enqueue('a', 'half', 'half')).toMatchObject({ isDuplicate: true });
  await recorder.sees(2);
  expect(recorder.seen).toEqual(['other:first', 'a:half']);
});

it('processes a job whose enqueuing was interrupted when a process starts', async () => {
  const { queue, enqueueHalf } = createQueue();
  await enqueueHalf('half');
  const recorder = new JobRecorder();
  queue.process(recorder);
  await recorder.sees(1);
  expect(recorder.seen).toEqual(['a:half']);
});

it('processes a job once that is enqueued again when it is done', async () => {
  const { queue } = createQueue();
  const recorder = new JobRecorder();
  queue.process(recorder);
  await queue.enqueue('a', 'same', 'first');
  await recorder.sees(1);
  await expect
    .poll(() => queue.enqueue('a', 'same', 'again'), { timeout: 20_000 })
    .toMatchObject({ isDuplicate: true });
  await queue.enqueue('a', 'other', 'other');
  await recorder.sees(2);
  expect(recorder.seen).toEqual(['a:first', 'a:other']);
});
