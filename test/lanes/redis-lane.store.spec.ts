import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { LeaseLostError } from '../../src/queue/lease-lost.error.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { RedisLaneStore } from '../../src/lanes/redis-lane.store.js';
import type {
  Deal,
  DealLimits,
  ShiftKey,
  TurnCall,
  TurnEnd,
} from '../../src/lanes/redis-lane.interface.js';
import { RedisServer } from '../support/redis-server.js';
import { LaneRecorder } from '../contracts/lane-recorder.js';
import { readinessOf } from '../support/readiness-of.js';

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
    new RedisOrderedQueue<string>(
      {
        bullmq,
        client,
        patient: client,
        farewell: new ShutdownDeadline(),
        readiness: readinessOf(client, prefix),
        prefix,
        name: 'inbox',
      },
      { ...OPTIONS, ...options },
    );

  const push = (lane: string, ...ids: string[]) =>
    store.push(ids.map((id) => ({ lane, item: item(id) })));
  const shift = (job: string, fence = randomUUID()): ShiftKey => ({ job, fence });
  const ALL: DealLimits = { lanes: 10, items: 10 };
  const dealt = ({ lanes }: Deal<string>) =>
    lanes.map(({ lane, items }) => `${lane}: ${items.map(({ id }) => id).join(' ')}`);
  const last = (lane: string, done = 0): TurnEnd => ({ lane, done, place: 'last', ms: 0 });
  const call = (number: number, ...ends: TurnEnd[]): TurnCall => ({
    number,
    limits: ALL,
    ends,
    mayEnd: false,
  });

  it('deals each lane to one worker, whatever is pushed to it meanwhile', async () => {
    await push('a', '1', '2');
    const [one, other] = [shift('1'), shift('2')];
    expect(dealt(await store.begin(one, ALL, ''))).toEqual(['a: 1 2']);
    await push('a', '3');
    await store.complete(one, 'a', 3);
    await push('a', '4');
    expect(dealt(await store.begin(other, ALL, ''))).toEqual([]);
    expect(dealt(await store.turn(one, call(1, last('a', 3))))).toEqual(['a: 4']);
  });

  it('lines up a lane again that held nothing any more when it was handed back', async () => {
    await push('a', '1');
    const key = shift('1');
    await store.begin(key, ALL, '');
    expect(dealt(await store.turn(key, { ...call(1, last('a', 1)), mayEnd: true }))).toEqual([]);
    expect(await store.lanes()).toEqual([]);
    await push('a', '2');
    expect(dealt(await store.begin(shift('2'), ALL, ''))).toEqual(['a: 2']);
  });

  it('says whether somebody has to be told that lanes are ready', async () => {
    expect(await push('a', '1')).toEqual([{ fresh: true, line: 'unheeded' }]);
    const queue = new bullmq.Queue('inbox', { connection: client, prefix });
    await queue.add('call', {});
    expect(await push('a', '1')).toEqual([{ fresh: false, line: 'heeded' }]);
    await queue.close();
    await store.begin(shift('1'), ALL, '');
    expect(await push('a', '2')).toEqual([{ fresh: true, line: 'empty' }]);
  });

  it('gives the lanes of a job to whoever takes it up, before all others, and to nobody else', async () => {
    await push('a', '1');
    const [dead, heir] = [shift('1'), shift('1')];
    await store.begin(dead, { lanes: 1, items: 1 }, '');
    await push('b', '2');
    expect(dealt(await store.begin(shift('2'), { lanes: 1, items: 1 }, ''))).toEqual(['b: 2']);
    await push('c', '3');
    expect(dealt(await store.begin(heir, ALL, ''))).toEqual(['a: 1', 'c: 3']);
    const letter = { key: 'a', job: item('1'), reason: 'late', failedAtMs: 0 };
    await expect(store.complete(dead, 'a', 1)).rejects.toBeInstanceOf(LeaseLostError);
    await expect(store.bury(dead, 1, letter)).rejects.toBeInstanceOf(LeaseLostError);
    const late = store.turn(dead, call(1, last('a', 1)));
    await expect(late).rejects.toBeInstanceOf(LeaseLostError);
    expect(await client.exists(`${prefix}:inbox:dead`)).toBe(0);
    expect(dealt(await store.turn(heir, call(1, last('a'))))).toEqual(['a: 1']);
  });

  it('does nothing twice that a client sends twice, because its connection was lost before the answer', async () => {
    await push('a', '1', '2', '3', '4');
    await push('b', '5', '6');
    const key = shift('1');
    const begin = () => store.begin(key, { lanes: 1, items: 10 }, '');
    for (const deal of [await begin(), await begin()]) expect(dealt(deal)).toEqual(['a: 1 2 3 4']);
    const letter = { key: 'a', job: item('2'), reason: 'ill', failedAtMs: 0 };
    for (let i = 0; i < 2; i += 1) await store.complete(key, 'a', 1, item('2'));
    for (let i = 0; i < 2; i += 1) await store.bury(key, 2, letter);
    const turn = () => store.turn(key, call(1, last('a', 3)));
    for (const deal of [await turn(), await turn()]) {
      expect(dealt(deal).toSorted()).toEqual(['a: 4', 'b: 5 6']);
    }
    expect(await client.hlen(`${prefix}:inbox:dead`)).toBe(1);
    expect(dealt(await store.turn(key, call(2, last('a', 1), last('b', 1))))).toEqual(['b: 6']);
  });

  it('gives back the lanes that are held in the name of no shift', async () => {
    await push('a', '1');
    await store.begin(shift('1'), ALL, '');
    await client.del(`${prefix}:inbox:shifts`);
    expect(await store.look()).toBe('unheeded');
    expect(dealt(await store.begin(shift('2'), ALL, ''))).toEqual(['a: 1']);
  });

  it('lets nobody begin or give up a shift whose job another worker has the lock of', async () => {
    await push('a', '1');
    const key = shift('1');
    await client.set(`${prefix}:inbox:1:lock`, 'token');
    await store.begin(key, ALL, 'token');
    const late = store.begin(shift('1'), ALL, 'former token');
    await expect(late).rejects.toBeInstanceOf(LeaseLostError);
    await store.abandon('1', 'former token');
    expect(dealt(await store.turn(key, call(1, last('a'))))).toEqual(['a: 1']);
  });

  it('ends a shift whose last call Redis has lost, before it changes anything', async () => {
    await push('a', '1', '2');
    await push('b', '3');
    const key = shift('1');
    await store.begin(key, { lanes: 1, items: 10 }, '');
    for (const lost of [call(2, last('a', 1)), call(1, last('a', 1), last('b', 1))]) {
      await expect(store.turn(key, lost)).rejects.toBeInstanceOf(LeaseLostError);
    }
    expect(dealt(await store.turn(key, call(1, last('a'))))).toEqual(['b: 3', 'a: 1 2']);
  });

  it('gives back the lanes of a job that nobody takes up', async () => {
    await push('a', '1');
    await store.begin(shift('1'), ALL, '');
    expect(await store.shifts()).toEqual(['1']);
    expect(await store.abandon('1')).toBe('unheeded');
    expect(await store.shifts()).toEqual([]);
    expect(dealt(await store.begin(shift('2'), ALL, ''))).toEqual(['a: 1']);
  });

  it('puts off a lane until it is due, and what is pushed to it with it', async () => {
    await push('a', '1');
    const key = shift('1');
    await store.begin(key, ALL, '');
    const dueAtMs = performance.now() + 600;
    const deal = await store.turn(key, call(1, { lane: 'a', done: 0, place: 'later', ms: 600 }));
    expect(deal.dueInMs).toBe(600);
    await push('a', '2');
    expect(await store.look()).toBe('empty');
    expect(await store.lanes()).toEqual(['a']);
    await expect.poll(() => store.look()).toBe('unheeded');
    // Redis counts in whole milliseconds.
    expect(performance.now()).toBeGreaterThanOrEqual(dueAtMs - 1);
    expect(dealt(await store.turn(key, call(2)))).toEqual(['a: 1 2']);
  });

  it('leaves all lanes alone for a while, and then goes on where it was', async () => {
    await push('a', '1');
    const key = shift('1');
    await store.begin(key, ALL, '');
    await push('b', '2');
    const rest: TurnEnd = { lane: 'a', done: 0, place: 'first', ms: 60 };
    expect(dealt(await store.turn(key, { ...call(1, rest), mayEnd: true }))).toEqual([]);
    const idle = await store.begin(shift('2'), ALL, '');
    expect(dealt(idle)).toEqual([]);
    expect(idle.restMs).toBeGreaterThan(0);
    expect(idle.restMs).toBeLessThanOrEqual(60);
    await expect.poll(async () => dealt(await store.begin(key, ALL, ''))).toEqual(['a: 1', 'b: 2']);
  });

  it('notes the lanes that hold items, and those only', async () => {
    await push('a', '1');
    await push('b', '2');
    const key = shift('1');
    await store.begin(key, { lanes: 1, items: 1 }, '');
    expect((await store.lanes()).toSorted()).toEqual(['a', 'b']);
    await store.complete(key, 'a', 1);
    expect(await store.lanes()).toEqual(['b']);
  });

  it('reads no more of a lane than one turn can use, and its first item in any case', async () => {
    const large = (id: string) => ({
      lane: 'a',
      item: { id, payload: 'x'.repeat(1e6), attempts: 0 },
    });
    for (let i = 0; i < 20; i += 1) await store.push([large(`large-${i}`)]);
    const small = Array.from({ length: 300 }, (_, i) => ({ lane: 'b', item: item(`small-${i}`) }));
    await store.push(small);
    const { lanes } = await store.begin(shift('1'), { lanes: 2, items: 100 }, '');
    expect(lanes.map(({ items }) => items.length)).toEqual([1, 100]);
  });

  it('names no more lanes at the end than a log line can use', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => ({ lane: `l${i}`, item: item(`${i}`) }));
    for (let i = 0; i < many.length; i += 500) await store.push(many.slice(i, i + 500));
    expect(await store.lanes()).toHaveLength(1_000);
  });

  it('keeps all that belongs to a desk on one node of a cluster', async () => {
    const queue = createQueue();
    queue.process(new LaneRecorder());
    await queue.enqueue('a', '1', 'one');
    await queue.enqueue('{b}', '2', 'two');
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
      await push(id, id);
      const key = shift(id);
      await store.begin(key, ALL, '');
      const failedAtMs = Date.now() - days * DAY_MS;
      await store.bury(key, 1, { key: id, job: item(id), reason: 'ill', failedAtMs: failedAtMs });
      await store.turn(key, { ...call(1, last(id, 1)), mayEnd: true });
    }
    const queue = createQueue();
    queue.process(new LaneRecorder());
    await expect
      .poll(async () => (await queue.deadLetters()).map((letter) => letter.job.id))
      .toEqual(['young']);
    await queue.close(1_000);
  });

  it.each([1, 10])('needs one job for all that waits, with %d handlers', async (concurrency) => {
    const queue = createQueue({ concurrency, batchSize: 1 });
    const payloads = ['one', 'two', 'three', 'four'];
    for (const payload of payloads) await queue.enqueue('a', payload, payload);
    const recorder = new LaneRecorder();
    queue.process(recorder);
    await recorder.sees(4);
    expect(recorder.seen).toEqual(payloads.map((payload) => `a:${payload}`));
    await vi.waitFor(async () => expect(await store.lanes()).toEqual([]));
    // BullMQ numbers each job that it is asked for.
    expect(await client.get(`${prefix}:inbox:id`)).toBe('1');
    await queue.close(1_000);
  });

  it('looks through the lanes again when Redis is back, because the look at the start was in vain', async () => {
    const server = await RedisServer.start({ durable: true });
    const patience = { maxRetriesPerRequest: 1, commandTimeout: 300 };
    const own = new Redis(server.url, patience);
    const patient = new Redis(server.url, { maxRetriesPerRequest: null });
    for (const each of [own, patient]) each.on('error', () => undefined);
    await new RedisLaneStore(own, `${prefix}:inbox:`).push([{ lane: 'a', item: item('1') }]);
    await server.kill();
    const context = {
      bullmq,
      client: own,
      patient,
      farewell: new ShutdownDeadline(),
      readiness: readinessOf(own, prefix),
    };
    const queue = new RedisOrderedQueue<string>({ ...context, prefix, name: 'inbox' }, OPTIONS);
    const recorder = new LaneRecorder();
    queue.process(recorder);
    await expect(own.ping()).rejects.toBeInstanceOf(Error);
    await server.restart();
    await recorder.sees(1);
    await queue.close(1_000);
    own.disconnect();
    patient.disconnect();
    await server.stop();
  });

  it('hands out what a process has pushed that ended before it said so', async () => {
    await push('a', '1');
    const queue = createQueue();
    const recorder = new LaneRecorder();
    queue.process(recorder);
    await recorder.sees(1);
    expect(recorder.seen).toEqual(['a:payload of 1']);
    await queue.close(1_000);
  });
});
