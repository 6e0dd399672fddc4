import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import * as bullmq5 from 'bullmq-5';
import * as bullmq6 from 'bullmq';
import { Cluster as Cluster5 } from 'ioredis-5';
import { Cluster as Cluster6, type ClusterOptions } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { RedisOrderedQueue } from '../../src/storage/redis/redis-ordered-queue.js';
import { RedisConnection } from '../../src/redis/redis-connection.js';
import { ShutdownDeadline } from '../../src/redis/shutdown-deadline.js';
import type { Message } from '../../src/testing/index.js';
import { describeOrderedQueue } from '../contracts/ordered-queue.contract.js';
import { readinessOf } from '../support/readiness-of.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';
import { RedisCluster } from './redis.cluster.js';

describe.each([
  { bullmq: 6, ioredis: 6, library: bullmq6, Cluster: Cluster6 },
  { bullmq: 5, ioredis: 5, library: bullmq5, Cluster: Cluster5 },
])('A Redis Cluster, on BullMQ $bullmq and ioredis $ioredis', ({ library, Cluster }) => {
  let cluster: RedisCluster;
  let client: Cluster6;
  let connection: RedisConnection;
  const blockingClients: Array<ReturnType<RedisConnection['createBlockingClient']>> = [];

  beforeAll(async () => {
    cluster = await RedisCluster.start();
    client = new Cluster(cluster.nodes, { redisOptions: { password: cluster.password } });
    connection = await RedisConnection.open(client, new Logger());
  });
  afterEach(() => {
    for (const blockingClient of blockingClients.splice(0)) blockingClient.disconnect();
  });
  afterAll(async () => {
    client?.disconnect();
    await cluster?.stop();
  });

  describe('as the place of queues', () => {
    describeOrderedQueue({
      create: (options) => {
        const blockingClient = connection.createBlockingClient();
        blockingClients.push(blockingClient);
        const prefix = `tg:{${randomUUID()}}`;
        const shutdown = new ShutdownDeadline();
        const readiness = readinessOf(client, prefix);
        const context = { bullmq: library, client, blockingClient, shutdown, readiness };
        return Promise.resolve(
          new RedisOrderedQueue<string, string>({ ...context, prefix, name: 'inbox' }, options),
        );
      },
    });
  });

  const PREFIXES: Array<[string, ClusterOptions]> = [
    ['none', {}],
    ['its own', { keyPrefix: 'app:' }],
    ['that of its nodes', { redisOptions: { keyPrefix: 'app:' } }],
  ];

  it.each(PREFIXES)(
    'carries the conversations of a desk that is given its client, with a key prefix: %s',
    async (_name, options) => {
      const redisOptions = { password: cluster.password, ...options.redisOptions };
      const own: Cluster6 = new Cluster(cluster.nodes, { ...options, redisOptions });
      // Each has keys of its own in the cluster, of which those that are remembered longest are ids.
      const desk = await TestDesk.start({
        emulator: { bots: [ownBot()] },
        options: { redis: own },
      });
      onTestFinished(async () => {
        await desk.stop();
        own.disconnect();
      });
      for (const threadId of ['t1', 't2', 't3']) {
        await desk.telegram.notifyNewThread({ threadId, text: `Help with ${threadId}` });
        const isOfThread = ({ text }: Message) => text?.includes(threadId) === true;
        const notice = await desk.chat.waitForMessage(isOfThread);
        const reply = desk.chat.agent('Ada').reply(notice, `Hello ${threadId}`);
        expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
      }
      const taken = desk.replies.replies.map(({ threadId, text }) => `${threadId}: ${text}`);
      expect(taken).toEqual(['t1: Hello t1', 't2: Hello t2', 't3: Hello t3']);
      expect(desk.log.lines.filter(({ level }) => /error|warn/.test(level))).toEqual([]);
    },
  );
});
