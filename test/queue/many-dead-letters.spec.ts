import { randomUUID } from 'node:crypto';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { JobRecorder } from '../contracts/job-recorder.js';
import { EndpointProxy } from '../support/endpoint.proxy.js';
import { readinessOf } from '../support/readiness-of.js';
import { RedisServer } from '../support/redis-server.js';

const LETTERS = 50_000;
const OLD = 700;
const DAY_MS = 24 * 60 * 60 * 1000;
const OPTIONS = { retry: { attempts: 1, delaysMs: [1] }, batchSize: 100, concurrency: 1 };

describe('50,000 dead letters of 2 kB', () => {
  let server: RedisServer;
  let proxy: EndpointProxy;
  let admin: Redis;
  let client: Redis;
  let blockingClient: Redis;
  let queue: RedisOrderedQueue<string, string>;
  const prefix = `tg:{${randomUUID()}}`;

  beforeAll(async () => {
    server = await RedisServer.start();
    proxy = await EndpointProxy.start(server.url);
    admin = new Redis(server.url);
    for (let i = 0; i < LETTERS; i += 1_000) {
      const page = Array.from({ length: 1_000 }, (_, n) => letter(i + n));
      await admin.hset(`${prefix}:outbox:dead-letters`, ...page.flat());
      const times = page.flatMap(([id], n) => [timeOf(i + n), id]);
      await admin.zadd(`${prefix}:outbox:dead-letters:times`, ...times);
    }
    client = new Redis(proxy.url);
    blockingClient = new Redis(proxy.url, { maxRetriesPerRequest: null });
    await Promise.all([client.ping(), blockingClient.ping()]);
    const readiness = readinessOf(client, prefix);
    const context = { bullmq, client, blockingClient, shutdown: new ShutdownDeadline(), readiness };
    queue = new RedisOrderedQueue<string, string>({ ...context, prefix, name: 'outbox' }, OPTIONS);
  }, 120_000);

  afterAll(async () => {
    await queue.close(1_000);
    for (const each of [admin, client, blockingClient]) each.disconnect();
    await proxy.stop();
    await server.stop();
  });

  const nowMs = Date.now();

  /** The first ones failed 31 days ago, the others one after the other since yesterday, the last of them first. */
  function timeOf(i: number): number {
    return i < OLD ? nowMs - 31 * DAY_MS : nowMs - DAY_MS + LETTERS - i;
  }

  function letter(i: number): [id: string, text: string] {
    const item = { id: `id-${i}`, payload: 'x'.repeat(2_000), attempts: 1 };
    return [
      item.id,
      JSON.stringify({ key: 't1', job: item, reason: 'ill', failedAtMs: timeOf(i) }),
    ];
  }

  it('are swept with few bytes read of them, and the old ones are forgotten', async () => {
    const before = proxy.answeredBytes;
    queue.process(new JobRecorder());
    await vi.waitFor(
      async () => expect(await admin.hlen(`${prefix}:outbox:dead-letters`)).toBe(LETTERS - OLD),
      { timeout: 20_000 },
    );
    // All of them take 100 MB.
    expect(proxy.answeredBytes - before).toBeLessThan(200_000);
    expect(await queue.countDeadLetters()).toBe(LETTERS - OLD);
  });

  it('are listed in pages, the oldest first, with no more read than is asked for', async () => {
    const before = proxy.answeredBytes;
    const first = await queue.deadLetters({ limit: 10 });
    expect(first.map(({ job: item }) => item.id).slice(0, 2)).toEqual(['id-49999', 'id-49998']);
    const place = { failedAtMs: first[9]?.failedAtMs ?? 0, id: first[9]?.job.id ?? '' };
    const second = await queue.deadLetters({ limit: 10, after: place });
    expect(second[0]?.job.id).toBe('id-49989');
    expect(proxy.answeredBytes - before).toBeLessThan(60_000);
  });

  it('are listed as a whole in answers of 100 letters at most', async () => {
    const monitor = await admin.monitor();
    let most = 0;
    monitor.on('monitor', (_time: string, [name = '', ...args]: string[]) => {
      if (name.toLowerCase() === 'hmget') most = Math.max(most, args.length - 1);
      if (name.toLowerCase() === 'hgetall') most = Infinity;
    });
    const letters = await queue.deadLetters();
    expect(letters).toHaveLength(LETTERS - OLD);
    const times = letters.map(({ failedAtMs }) => failedAtMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    await vi.waitFor(() => expect(most).toBe(100), 20_000);
    monitor.disconnect();
  });
});
