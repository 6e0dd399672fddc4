import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { BullMqLaneQueue } from '../../src/lanes/bullmq-lane.queue.js';
import { LaneTakenOverError } from '../../src/lanes/lane-taken-over.error.js';
import { RedisFarewell } from '../../src/redis/redis.farewell.js';
import { RedisLaneStore } from '../../src/lanes/redis-lane.store.js';
import { RedisServer } from '../support/redis-server.js';
import { LaneRecorder } from '../contracts/lane-recorder.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const OPTIONS = { retry: { attempts: 1, delaysMs: [1] }, batchSize: 10, concurrency: 1 };

describe('RedisLaneStore', () => {
  let client: Redis;
  let prefix: string;
  let store: RedisLaneStore<string>;

  beforeEach(() => {
    client = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
    prefix = `tg:{${randomUUID()}}`;
    store = new RedisLaneStore(client, `${prefix}:inbox:`);
  });
  afterEach(() => client.disconnect());

  const item = (id: string) => ({ id, payload: `payload of ${id}`, attempts: 0 });
  const createQueue = (options: Partial<typeof OPTIONS> = {}) =>
    new BullMqLaneQueue<string>(
      { bullmq, client, patient: client, farewell: new RedisFarewell(), prefix, name: 'inbox' },
      { ...OPTIONS, ...options },
    );

  it('lets nobody change a lane whose head is not the one they have read', async () => {
    await store.push('a', item('1'));
    await store.push('a', item('2'));
    const [first] = await store.peek('a', 1);
    const head = first?.text ?? '';
    expect(await store.complete('a', head, 1)).toMatchObject({ length: 1 });
    await expect(store.complete('a', head, 1)).rejects.toBeInstanceOf(LaneTakenOverError);
    const letter = { lane: 'a', item: item('1'), reason: 'late', diedAtMs: 0 };
    await expect(store.bury(head, letter)).rejects.toBeInstanceOf(LaneTakenOverError);
    expect((await store.peek('a', 9)).map((stored) => stored.item.id)).toEqual(['2']);
    expect(await store.deadLetters()).toEqual([]);
  });

  it('notes the lanes that hold items, and those only', async () => {
    await store.push('a', item('1'));
    await store.push('b', item('2'));
    const [first] = await store.peek('a', 1);
    await store.complete('a', first?.text ?? '', 1);
    expect(await store.lanes()).toEqual(['b']);
  });

  it('keeps all that belongs to a desk on one node of a cluster', async () => {
    const queue = createQueue();
    queue.consume(new LaneRecorder());
    await queue.push('a', '1', 'one');
    await queue.push('{b}', '2', 'two');
    const keys = await client.keys(`*${prefix}*`);
    expect(keys.length).toBeGreaterThan(4);
    // Redis Cluster places a key by what its first braces hold.
    const tags = keys.map((key) => /\{([^}]*)\}/.exec(key)?.[1]);
    expect(tags).toEqual(keys.map(() => prefix.slice('tg:{'.length, -1)));
    await queue.close(1_000);
  });

  it('forgets dead letters after 30 days and not before', async () => {
    for (const [id, days] of [
      ['old', 31],
      ['young', 29],
    ] as const) {
      await store.push(id, item(id));
      const [stored] = await store.peek(id, 1);
      const diedAtMs = Date.now() - days * DAY_MS;
      await store.bury(stored?.text ?? '', { lane: id, item: item(id), reason: 'ill', diedAtMs });
    }
    const queue = createQueue();
    queue.consume(new LaneRecorder());
    await expect
      .poll(async () => (await store.deadLetters()).map((letter) => letter.item.id))
      .toEqual(['young']);
    await queue.close(1_000);
  });

  it.each([
    ['goes on with a lane, without another job, while nobody waits for a handler', 10, false],
    ['gives other lanes their turn when all handlers are taken', 1, true],
  ])('%s', async (_name, concurrency, takesTurns) => {
    const queue = createQueue({ concurrency, batchSize: 1 });
    const payloads = ['one', 'two', 'three', 'four'];
    for (const payload of payloads) await queue.push('a', payload, payload);
    const recorder = new LaneRecorder();
    queue.consume(recorder);
    await recorder.sees(4);
    expect(recorder.seen).toEqual(payloads.map((payload) => `a:${payload}`));
    await vi.waitFor(async () => expect(await store.lanes()).toEqual([]));
    // BullMQ numbers each job that it is asked for: one at the push, one by the look through the lanes at the start.
    expect(Number(await client.get(`${prefix}:inbox:id`)) > 2).toBe(takesTurns);
    await queue.close(1_000);
  });

  it('looks through the lanes again when Redis is back, because the look at the start was in vain', async () => {
    const server = await RedisServer.start({ durable: true });
    const patience = { maxRetriesPerRequest: 1, commandTimeout: 300 };
    const own = new Redis(server.url, patience);
    const patient = new Redis(server.url, { maxRetriesPerRequest: null });
    for (const each of [own, patient]) each.on('error', () => undefined);
    await new RedisLaneStore(own, `${prefix}:inbox:`).push('a', item('1'));
    await server.kill();
    const context = { bullmq, client: own, patient, farewell: new RedisFarewell() };
    const queue = new BullMqLaneQueue<string>({ ...context, prefix, name: 'inbox' }, OPTIONS);
    const recorder = new LaneRecorder();
    queue.consume(recorder);
    await expect(own.ping()).rejects.toBeInstanceOf(Error);
    await server.restart();
    await recorder.sees(1);
    await queue.close(1_000);
    own.disconnect();
    patient.disconnect();
    await server.stop();
  });

  it('hands out what a process has pushed that ended before it said so', async () => {
    await store.push('a', item('1'));
    const queue = createQueue();
    const recorder = new LaneRecorder();
    queue.consume(recorder);
    await recorder.sees(1);
    expect(recorder.seen).toEqual(['a:payload of 1']);
    await queue.close(1_000);
  });
});
