import * as bullmq6 from 'bullmq';
import * as bullmq5 from 'bullmq-5';
import { Redis as Redis6 } from 'ioredis';
import { Redis as Redis5 } from 'ioredis-5';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import { describeOrderedQueue } from '../contracts/ordered-queue.contract.js';
import { readinessOf } from '../support/readiness-of.js';

describe.each([
  { bullmq: 6, ioredis: 6, library: bullmq6, Redis: Redis6 },
  { bullmq: 6, ioredis: 5, library: bullmq6, Redis: Redis5 },
  { bullmq: 5, ioredis: 6, library: bullmq5, Redis: Redis6 },
  { bullmq: 5, ioredis: 5, library: bullmq5, Redis: Redis5 },
])('RedisOrderedQueue on BullMQ $bullmq and ioredis $ioredis', ({ library, Redis }) => {
  let client: Redis6;
  const opened: Redis6[] = [];

  beforeAll(() => {
    client = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null });
  });

  afterEach(() => {
    for (const one of opened.splice(0)) one.disconnect();
  });

  afterAll(() => client.quit());

  describeOrderedQueue({
    create: (options) => {
      const own = client.duplicate();
      opened.push(own);
      const shutdown = new ShutdownDeadline();
      const prefix = `tg:{${randomUUID()}}`;
      const readiness = readinessOf(client, prefix);
      const context = { bullmq: library, client, blockingClient: own, shutdown, readiness };
      return Promise.resolve(
        new RedisOrderedQueue<string, string>({ ...context, prefix, name: 'inbox' }, options),
      );
    },
  });
});
