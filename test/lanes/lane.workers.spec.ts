import { randomUUID } from 'node:crypto';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { BullMqLaneQueue } from '../../src/lanes/bullmq-lane.queue.js';
import type { LaneQueueOptions } from '../../src/lanes/lane.queue.js';
import { RedisLaneStore } from '../../src/lanes/redis-lane.store.js';
import { RedisFarewell } from '../../src/redis/redis.farewell.js';
import { LaneRecorder } from '../contracts/lane-recorder.js';
import { Gate } from '../support/gate.js';

const RETRY = { attempts: 3, delaysMs: [60_000] };

describe('workers of one queue', () => {
  let client: Redis;
  let prefix: string;
  const queues: Array<BullMqLaneQueue<string>> = [];
  const gates: Gate[] = [];

  beforeEach(() => {
    client = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
    prefix = `tg:{${randomUUID()}}`;
  });

  afterEach(async () => {
    for (const gate of gates.splice(0)) gate.open();
    for (const queue of queues.splice(0)) await queue.close(1_000);
    client.disconnect();
  });

  /** What a process has. */
  const createQueue = (options: Partial<LaneQueueOptions<string>> = {}) => {
    const context = { bullmq, client, patient: client, farewell: new RedisFarewell() };
    const queue = new BullMqLaneQueue<string>(
      { ...context, prefix, name: 'inbox' },
      { retry: RETRY, batchSize: 1, concurrency: 1, ...options },
    );
    queues.push(queue);
    return queue;
  };
  const hang = () => {
    const gate = new Gate();
    gates.push(gate);
    return gate.pass();
  };

  it('has an idle one take what the one that it is pushed to has no room for', async () => {
    const [full, idle] = [createQueue(), createQueue()];
    const busy = new LaneRecorder(hang);
    full.consume(busy);
    await full.push('a', '1', 'one');
    await busy.sees(1);
    const other = new LaneRecorder();
    idle.consume(other);
    await full.push('b', '2', 'two');
    await other.sees(1);
    expect(other.seen).toEqual(['b:two']);
  });

  it('has one that is at work take it as well, if it has room', async () => {
    const [full, roomy] = [createQueue(), createQueue({ concurrency: 2 })];
    const recorders = [new LaneRecorder(hang), new LaneRecorder(hang)] as const;
    for (const [i, queue] of [full, roomy].entries()) {
      const recorder = recorders[i];
      if (!recorder) continue;
      queue.consume(recorder);
      await queue.push(`lane ${i}`, `${i}`, 'first');
      await recorder.sees(1);
    }
    await full.push('b', '2', 'two');
    await recorders[1].sees(2);
    expect(recorders[1].seen).toEqual(['lane 1:first', 'b:two']);
  });

  it('leaves what one gives up when it is paused to another', async () => {
    const [pausing, other] = [createQueue(), createQueue()];
    const gate = new Gate();
    const first = new LaneRecorder(() => gate.pass());
    pausing.consume(first);
    for (const payload of ['one', 'two']) await pausing.push('a', payload, payload);
    await gate.reached;
    await pausing.pause();
    const second = new LaneRecorder();
    other.consume(second);
    gate.open();
    await second.sees(1);
    expect([first.seen, second.seen]).toEqual([['a:one'], ['a:two']]);
  });

  it('goes on with the lanes of a job that is gone from BullMQ', async () => {
    const store = new RedisLaneStore<string>(client, `${prefix}:inbox:`);
    await store.push([{ lane: 'a', item: { id: '1', payload: 'one', attempts: 0 } }]);
    await store.begin({ job: '999', fence: 'x' }, { lanes: 1, items: 1 });
    const queue = createQueue();
    const recorder = new LaneRecorder();
    queue.consume(recorder);
    await recorder.sees(1);
    expect(await store.shifts()).not.toContain('999');
  });

  it('handles nothing twice when BullMQ takes a living one for dead', async () => {
    const queue = createQueue({ concurrency: 2 });
    const gate = new Gate();
    const recorder = new LaneRecorder(() => gate.pass());
    queue.consume(recorder);
    await queue.push('a', '1', 'one');
    await gate.reached;
    // As after an outage that was longer than the lock: it is gone, and the next check finds a stalled job.
    await client.del(`${prefix}:inbox:1:lock`);
    const isActiveAgain = async () => Number(await client.hget(`${prefix}:inbox:1`, 'ats'));
    await expect.poll(isActiveAgain, { timeout: 15_000 }).toBeGreaterThan(1);
    gate.open();
    await queue.push('a', '2', 'two');
    await recorder.sees(2);
    await expect.poll(() => client.exists(`${prefix}:inbox:1`)).toBe(0);
    expect(recorder.seen).toEqual(['a:one', 'a:two']);
  });
});
