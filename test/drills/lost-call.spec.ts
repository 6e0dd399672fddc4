import { randomUUID } from 'node:crypto';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { expect, inject, it, onTestFinished } from 'vitest';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { RedisLaneStore } from '../../src/lanes/redis-lane.store.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { LaneRecorder } from '../contracts/lane-recorder.js';
import { readinessOf } from '../support/readiness-of.js';

const OPTIONS = { retry: { attempts: 3, delaysMs: [5] }, batchSize: 1, concurrency: 10 };

/** A queue, and what a process leaves of a push when it ends before its second step. */
function createQueue() {
  const client = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
  const patient = client.duplicate();
  const prefix = `tg:{${randomUUID()}}`;
  const farewell = new ShutdownDeadline();
  const context = {
    bullmq,
    client,
    patient,
    farewell,
    readiness: readinessOf(client, prefix),
    prefix,
    name: 'inbox',
  };
  const queue = new RedisOrderedQueue<string>(context, OPTIONS);
  const store = new RedisLaneStore<string>(client, `${prefix}:inbox:`);
  onTestFinished(async () => {
    await queue.close(1_000);
    client.disconnect();
    patient.disconnect();
  });
  const pushHalf = (id: string) =>
    store.push([{ lane: 'a', item: { id, payload: id, attempts: 0 } }]);
  return { queue, pushHalf };
}

it('handles an item whose push was interrupted as soon as it is pushed again', async () => {
  const { queue, pushHalf } = createQueue();
  const recorder = new LaneRecorder();
  queue.process(recorder);
  // Its first look through the lanes is over.
  await queue.enqueue('other', 'first', 'first');
  await recorder.sees(1);
  await pushHalf('half');
  expect(await queue.enqueue('a', 'half', 'half')).toMatchObject({ fresh: false });
  await recorder.sees(2);
  expect(recorder.seen).toEqual(['other:first', 'a:half']);
});

it('handles an item whose push was interrupted when a process starts', async () => {
  const { queue, pushHalf } = createQueue();
  await pushHalf('half');
  const recorder = new LaneRecorder();
  queue.process(recorder);
  await recorder.sees(1);
  expect(recorder.seen).toEqual(['a:half']);
});

it('handles an item once that is pushed again when it is done', async () => {
  const { queue } = createQueue();
  const recorder = new LaneRecorder();
  queue.process(recorder);
  await queue.enqueue('a', 'same', 'first');
  await recorder.sees(1);
  await expect.poll(() => queue.enqueue('a', 'same', 'again')).toMatchObject({ fresh: false });
  await queue.enqueue('a', 'other', 'other');
  await recorder.sees(2);
  expect(recorder.seen).toEqual(['a:first', 'a:other']);
});
