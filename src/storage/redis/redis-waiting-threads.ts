import type { Cluster, Redis } from 'ioredis';
import { askRedis } from '../../redis/ask-redis.js';
import { WaitingThreads, type WaitingThread } from '../waiting-threads.js';

/** Keeps the waiting threads as a sorted set in Redis. It expires when nothing is added for `ttlSeconds`. */
export class RedisWaitingThreads extends WaitingThreads {
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #ttlSeconds: number;

  constructor(client: Redis | Cluster, key: string, ttlSeconds: number) {
    super();
    this.#client = client;
    this.#key = key;
    this.#ttlSeconds = ttlSeconds;
  }

  async add({ threadId, sinceMs }: WaitingThread): Promise<void> {
    // Each write is harmless without the other, so no transaction is needed.
    const added = Promise.all([
      this.#client.zadd(this.#key, 'NX', sinceMs, threadId),
      this.#client.expire(this.#key, this.#ttlSeconds),
    ]);
    await askRedis(`note that thread ${threadId} waits`, added);
  }

  async remove(threadId: string): Promise<void> {
    const removed = this.#client.zrem(this.#key, threadId);
    await askRedis(`note that thread ${threadId} does not wait`, removed);
  }

  async oldest(most: number): Promise<readonly WaitingThread[]> {
    const listed = this.#client.zrange(this.#key, '0', String(Math.max(0, most - 1)), 'WITHSCORES');
    const answer = await askRedis('look up the threads that wait', listed);
    const threads: WaitingThread[] = [];
    for (let index = 0; index < answer.length; index += 2) {
      threads.push({ threadId: answer[index] ?? '', sinceMs: Number(answer[index + 1]) });
    }
    return threads;
  }

  count(): Promise<number> {
    return askRedis('count the threads that wait', this.#client.zcard(this.#key));
  }
}
