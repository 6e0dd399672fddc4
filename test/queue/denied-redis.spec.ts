import { setTimeout as wait } from 'node:timers/promises';
import * as bullmq6 from 'bullmq';
import * as bullmq5 from 'bullmq-5';
import { Redis as Redis6 } from 'ioredis';
import { Redis as Redis5 } from 'ioredis-5';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Logger } from '@nestjs/common';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { COMMANDS_ON_KEYS } from '../../src/redis/redis-commands.js';
import { RedisConnection } from '../../src/redis/redis-connection.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { RedisProbe } from '../../src/redis/redis-probe.js';
import { RedisReadiness } from '../../src/redis/redis-readiness.js';
import { runningWhenFull } from '../../src/redis/running-when-full.js';
import { JobRecorder } from '../contracts/job-recorder.js';
import { LogCapture } from '../support/log-capture.js';
import { RedisServer } from '../support/redis-server.js';

const OPTIONS = { retry: { attempts: 2, delaysMs: [5] }, batchSize: 1, concurrency: 2 };
const PREFIX = 'tg:{1:-1}';

describe.each([
  { bullmq: 6, ioredis: 6, library: bullmq6, Redis: Redis6 },
  { bullmq: 5, ioredis: 5, library: bullmq5, Redis: Redis5 },
])('Queues on BullMQ $bullmq and ioredis $ioredis', ({ library, Redis }) => {
  let server: RedisServer;
  let admin: Redis6;
  const log = new LogCapture();

  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis6(server.url);
    Logger.overrideLogger(log);
  });
  afterEach(async () => {
    log.lines.length = 0;
    await admin.config('SET', 'maxmemory', '0');
    await admin.flushall();
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  const allow = (...rules: string[]) =>
    admin.call('ACL', 'SETUSER', 'app1', 'reset', 'on', '>secret', '~tg:*', '+@all', ...rules);

  /** As a desk makes one. */
  async function createQueue(): Promise<RedisOrderedQueue<string, string>> {
    const own: Redis6 = new Redis(server.url.replace('//', '//app1:secret@'));
    const connection = await RedisConnection.open(own, new Logger('Test'));
    const blockingClient = runningWhenFull(connection.createBlockingClient());
    const { client, user } = connection;
    const probe = { prefixes: [`${PREFIX}:inbox:`], patterns: ['tg:*'], user };
    const readiness = new RedisReadiness(new RedisProbe(client, probe));
    connection.onDenied(() => readiness.suspect());
    const context = {
      bullmq: library,
      client,
      blockingClient,
      readiness,
      shutdown: new ShutdownDeadline(),
    };
    const queue = new RedisOrderedQueue<string, string>(
      { ...context, prefix: PREFIX, name: 'inbox' },
      OPTIONS,
    );
    onTestFinished(async () => {
      await queue.close(1_000);
      readiness.close();
      blockingClient.disconnect();
      connection.close();
      own.disconnect();
    });
    return queue;
  }

  it.each(['-@dangerous', '-info'])('work without the rights %s', async (rule) => {
    await allow(rule);
    const queue = await createQueue();
    const recorder = new JobRecorder();
    queue.process(recorder);
    await queue.enqueue('a', '1', 'one');
    await recorder.sees(1);
    expect(log.with('error', 'denies')).toEqual([]);
  });

  it.each(
    ['-@blocking', '-@scripting', 'resetkeys', '-set', '-rpush', '-incr', '-ltrim', '-xadd'].concat(
      ['-zadd', '-lrem', '-hset', '-del', '-sadd', '-srem', '-evalsha', '-@all'],
    ),
  )(
    'lose nothing while %s takes rights away, write few lines, and go on by themselves',
    async (rule) => {
      await allow();
      const queue = await createQueue();
      const recorder = new JobRecorder(() => wait(5));
      queue.process(recorder);
      await queue.enqueue('a', '0', '0');
      await recorder.sees(1);
      let pushed = 0;
      // As an app does that has not heard of the first time.
      const push = async (): Promise<void> => {
        await queue.enqueue(`key ${pushed % 3}`, `id ${pushed}`, String(pushed));
        pushed += 1;
      };
      const isDenied = () => log.with('error', 'denies').length > 0;
      for (let i = 0; i < 20; i += 1) await push();
      await allow(rule);
      const lines = log.lines.length;
      await vi.waitUntil(
        async () => {
          await push().catch(() => undefined);
          return isDenied();
        },
        { timeout: 20_000, interval: 20 },
      );
      await expect(push()).rejects.toThrow('Redis denies');
      await wait(1_000);
      expect(log.lines.length - lines).toBeLessThan(20);
      await allow();
      await vi.waitFor(push, { timeout: 20_000, interval: 200 });
      const payloads = Array.from({ length: pushed }, (_, i) => String(i));
      const missing = () =>
        payloads.filter((payload) => !recorder.seen.some((one) => one.endsWith(`:${payload}`)));
      await vi.waitFor(() => expect(missing()).toEqual([]), { timeout: 25_000 });
      // A probe that runs while the rights are taken or given sees a part of them, and says that. None is said twice.
      const said = log.with('error', 'denies').map(({ text }) => text);
      expect(new Set(said).size).toBe(said.length);
      expect(said.length).toBeLessThanOrEqual(3);
    },
    90_000,
  );

  it('drain while Redis is full', async () => {
    await allow();
    const queue = await createQueue();
    for (let i = 0; i < 30; i += 1) await queue.enqueue(`key ${i % 3}`, String(i), String(i));
    await admin.config('SET', 'maxmemory', '1');
    await expect(queue.enqueue('a', 'more', 'more')).rejects.toThrow('OOM');
    const recorder = new JobRecorder();
    queue.process(recorder);
    await recorder.sees(30);
    await vi.waitFor(async () => expect(await admin.keys('*:jobs:*')).toEqual([]), 20_000);
    expect(log.lines.length).toBeLessThan(20);
  });

  it('ask for nothing that is not tried beforehand', async () => {
    await allow();
    const monitor = await admin.monitor();
    onTestFinished(() => monitor.disconnect());
    const asked = new Set<string>();
    monitor.on('monitor', (_time: string, [name = '', key = '']: string[]) => {
      if (!key.includes('probe:')) asked.add(name.toUpperCase());
    });
    const queue = await createQueue();
    const recorder = new JobRecorder(({ jobs: [item] }) => {
      if (item?.payload === 'fail') throw new Error('no');
    });
    queue.process(recorder);
    for (const payload of ['one', 'fail', 'two']) await queue.enqueue('a', payload, payload);
    await vi.waitFor(async () => expect(await queue.deadLetters()).toHaveLength(1), 20_000);
    await vi.waitFor(() => expect(recorder.seen).toContain('a:two'), 20_000);
    const tried = new Set(COMMANDS_ON_KEYS.map(([command]) => command));
    const others = ['PING', 'TIME', 'EVAL', 'EVALSHA'];
    const ofConnections = ['AUTH', 'HELLO', 'INFO', 'CLIENT', 'SELECT', 'CONFIG', 'ACL', 'MONITOR'];
    const known = new Set([...tried, ...others, ...ofConnections]);
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });
});
