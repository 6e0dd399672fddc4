import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { compareDeadLetters, type DeadLetterPage } from '../../queue/dead-letter-page.js';
import type { DeadJob } from '../../queue/job.interface.js';
import type { DeadLetterStore } from '../../queue/job-store.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';

const TTL_SECONDS = 30 * 24 * 60 * 60;

/** How many dead letters are read or removed at once. */
const PAGE_SIZE = 100;

/** The dead letters of one queue in Redis, read and removed in pages. */
export class RedisDeadLetters<T, P> implements DeadLetterStore<T, P> {
  /** The dead letters by id, and their ids by time. */
  readonly keys: readonly [letters: string, times: string];
  readonly #client: Redis | Cluster;

  constructor(client: Redis | Cluster, prefix: string) {
    this.#client = client;
    this.keys = [`${prefix}dead-letters`, `${prefix}dead-letters:times`];
  }

  async list({ limit = Infinity, after }: DeadLetterPage = {}): Promise<DeadJob<T, P>[]> {
    const letters: DeadJob<T, P>[] = [];
    const from = after?.failedAtMs ?? '-inf';
    for (let offset = 0; letters.length < limit;) {
      const most = Math.min(limit - letters.length, PAGE_SIZE);
      const ids = await ask(
        this.#client.zrangebyscore(this.keys[1], from, '+inf', 'LIMIT', offset, most),
      );
      if (ids.length === 0) break;
      offset += ids.length;
      const texts = await ask(this.#client.hmget(this.keys[0], ...ids));
      const found = texts.flatMap((text) => (text === null ? [] : parse<T, P>(text)));
      letters.push(...found.filter((letter) => !after || compareDeadLetters(letter, after) > 0));
    }
    return letters;
  }

  count(): Promise<number> {
    return ask(this.#client.hlen(this.keys[0]));
  }

  async find(id: string): Promise<DeadJob<T, P> | undefined> {
    const text = await ask(this.#client.hget(this.keys[0], id));
    return text === null ? undefined : parse<T, P>(text);
  }

  async discard(...ids: string[]): Promise<boolean> {
    const removed = await ask(this.#client.hdel(this.keys[0], ...ids));
    await ask(this.#client.zrem(this.keys[1], ...ids));
    return removed > 0;
  }

  /** Removes those that failed more than 30 days ago by Redis's clock. */
  async removeOld(): Promise<void> {
    const [seconds] = await ask(this.#client.time());
    const before = (Number(seconds) - TTL_SECONDS) * 1000;
    for (;;) {
      const ids = await ask(
        this.#client.zrangebyscore(this.keys[1], '-inf', before, 'LIMIT', 0, PAGE_SIZE),
      );
      if (ids.length === 0) return;
      await this.discard(...ids);
    }
  }
}

function ask<A>(answer: Promise<A>): Promise<A> {
  return withTimeout(answer, REDIS_TIMEOUT_MS);
}

function parse<T, P>(text: string): DeadJob<T, P> {
  const letter: DeadJob<T, P> = JSON.parse(text);
  return letter;
}
