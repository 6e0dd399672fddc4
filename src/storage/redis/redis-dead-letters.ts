import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { compareDeadLetters, type DeadLetterPage } from '../../queue/dead-letter-page.js';
import type { DeadJob } from '../../queue/job.interface.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import type { RedisJobStore } from './redis-job-store.js';

/** How many dead letters are read or removed at once. */
const PAGE_SIZE = 100;

/** The dead letters of one queue in Redis, read and removed in pages. */
export class RedisDeadLetters<T, P> {
  readonly #client: Redis | Cluster;
  readonly #store: RedisJobStore<T, P>;
  readonly #letters: string;
  readonly #times: string;

  constructor(client: Redis | Cluster, store: RedisJobStore<T, P>) {
    this.#client = client;
    this.#store = store;
    [this.#letters, this.#times] = store.deadLetterKeys;
  }

  count(): Promise<number> {
    return ask(this.#client.hlen(this.#letters));
  }

  /** Lists them, oldest first. */
  async list({ limit = Infinity, after }: DeadLetterPage = {}): Promise<Array<DeadJob<T, P>>> {
    const letters: Array<DeadJob<T, P>> = [];
    const isBehind = ({ failedAtMs, job: { id } }: DeadJob<T, P>): boolean =>
      !after || compareDeadLetters({ failedAtMs, id }, after) > 0;
    for (let offset = 0; letters.length < limit;) {
      const ids = await this.#ids(
        after?.failedAtMs ?? '-inf',
        '+inf',
        offset,
        limit - letters.length,
      );
      if (ids.length === 0) break;
      offset += ids.length;
      const texts = await ask(this.#client.hmget(this.#letters, ...ids));
      const found = texts.flatMap((text) => (text === null ? [] : parse<T, P>(text)));
      letters.push(...found.filter(isBehind));
    }
    return letters;
  }

  /** Undefined when there is none with that id. */
  async find(id: string): Promise<DeadJob<T, P> | undefined> {
    const text = await ask(this.#client.hget(this.#letters, id));
    return text === null ? undefined : parse<T, P>(text);
  }

  /** False when there is none with that id. */
  async discard(id: string): Promise<boolean> {
    const removed = await ask(this.#client.hdel(this.#letters, id));
    await ask(this.#client.zrem(this.#times, id));
    return removed > 0;
  }

  /** Removes those that are older than `ttlMs`. */
  async forget(ttlMs: number): Promise<void> {
    const before = (await ask(this.#store.nowMs())) - ttlMs;
    for (;;) {
      const ids = await this.#ids('-inf', before);
      if (ids.length === 0) return;
      await ask(this.#client.hdel(this.#letters, ...ids));
      await ask(this.#client.zrem(this.#times, ...ids));
    }
  }

  #ids(
    from: number | '-inf',
    to: number | '+inf',
    offset = 0,
    most = PAGE_SIZE,
  ): Promise<string[]> {
    const count = Math.min(most, PAGE_SIZE);
    return ask(this.#client.zrangebyscore(this.#times, from, to, 'LIMIT', offset, count));
  }
}

function ask<A>(answer: Promise<A>): Promise<A> {
  return withTimeout(answer, REDIS_TIMEOUT_MS);
}

function parse<T, P>(text: string): DeadJob<T, P> {
  const letter: DeadJob<T, P> = JSON.parse(text);
  return letter;
}
