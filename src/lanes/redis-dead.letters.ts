import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../redis/redis-connection.js';
import { compareDeadLetters, type DeadLetterPage } from '../queue/dead-letter-page.js';
import type { DeadJob } from '../queue/job.interface.js';
import { DEAD_SCRIPTS } from './redis-dead.scripts.js';
import type { RedisLaneStore } from './redis-lane.store.js';
import type { LineState } from './redis-lane.interface.js';
import { parseLetter } from './redis-lane.texts.js';

/** How many letters are read at once: a letter may take some kilobytes. */
const READ_AT_ONCE = 100;
/** How many are looked at or forgotten in one script, which takes Redis a millisecond or so. */
const TOUCHED_AT_ONCE = 500;

interface Place {
  readonly diedAtMs: number;
  readonly offset: number;
}

interface LetterPage<T> {
  readonly letters: ReadonlyArray<DeadJob<T>>;
  readonly next: Place;
}

/** The items of one queue in Redis that were given up: a hash, by their ids, and these ids by when they died. */
export class RedisDeadLetters<T> {
  readonly #client: Redis | Cluster;
  readonly #keys: readonly [dead: string, died: string];
  readonly #store: RedisLaneStore<T>;

  /** @param prefix What all keys of the queue begin with. */
  constructor(client: Redis | Cluster, prefix: string, store: RedisLaneStore<T>) {
    this.#client = client;
    this.#keys = [`${prefix}dead`, `${prefix}died`];
    this.#store = store;
  }

  count(): Promise<number> {
    return this.#ask(this.#client.hlen(this.#keys[0]));
  }

  /** The oldest first; all unless a page says otherwise. However many there are, few are read at once. */
  async list({ limit = Infinity, after }: DeadLetterPage = {}): Promise<Array<DeadJob<T>>> {
    await this.#indexMissing();
    const letters: Array<DeadJob<T>> = [];
    let place = { diedAtMs: after?.failedAtMs ?? 0, offset: 0 };
    while (letters.length < limit) {
      const page = await this.#read(place, Math.min(READ_AT_ONCE, limit - letters.length));
      if (!page) break;
      letters.push(...page.letters.filter((letter) => isAfter(letter, after)));
      place = page.next;
    }
    return letters;
  }

  /** Puts one back at the end of its lane, if there is one of that id. */
  async revive(id: string): Promise<{ isThere: boolean; line: LineState }> {
    const text = await this.#ask(this.#client.hget(this.#keys[0], id));
    if (text === null) return { isThere: false, line: 'empty' };
    const { key: lane, job: item } = parseLetter<T>(text);
    return this.#store.revive(lane, { ...item, attempts: 0 });
  }

  /** False when there is none of that id. */
  async discard(id: string): Promise<boolean> {
    return Number(await this.#ask(DEAD_SCRIPTS.discard.run(this.#client, this.#keys, [id]))) > 0;
  }

  /** Forgets those that died before then. */
  async forget(beforeMs: number): Promise<void> {
    // First what frees memory: a full Redis would refuse the other.
    await this.#forgetIndexed(beforeMs);
    if (await this.#indexMissing()) await this.#forgetIndexed(beforeMs);
  }

  async #forgetIndexed(beforeMs: number): Promise<void> {
    let forgotten: unknown;
    do {
      const args = [beforeMs, TOUCHED_AT_ONCE];
      forgotten = await this.#ask(DEAD_SCRIPTS.forget.run(this.#client, this.#keys, args));
    } while (forgotten === TOUCHED_AT_ONCE);
  }

  /** Letters from a place on, and the place behind them: how many of those that died at that time are passed. */
  async #read({ diedAtMs, offset }: Place, count: number): Promise<LetterPage<T> | undefined> {
    const [dead, died] = this.#keys;
    const found = await this.#ask(
      this.#client.zrangebyscore(died, diedAtMs, '+inf', 'WITHSCORES', 'LIMIT', offset, count),
    );
    const ids = found.filter((_, index) => index % 2 === 0);
    const times = found.filter((_, index) => index % 2 === 1).map(Number);
    const lastMs = times.at(-1);
    if (lastMs === undefined) return undefined;
    const passed = times.filter((time) => time === lastMs).length;
    const next = { diedAtMs: lastMs, offset: passed + (lastMs === diedAtMs ? offset : 0) };
    const texts = await this.#ask(this.#client.hmget(dead, ...ids));
    return { letters: texts.flatMap((text) => (text === null ? [] : parseLetter<T>(text))), next };
  }

  /** Letters that a version before has left stand in no order. Whether there were any. */
  async #indexMissing(): Promise<boolean> {
    const [dead, died] = this.#keys;
    const counts = Promise.all([this.#client.hlen(dead), this.#client.zcard(died)]);
    const [letters, known] = await this.#ask(counts);
    if (letters <= known) return false;
    let cursor = '0';
    do {
      const args = [cursor, TOUCHED_AT_ONCE];
      cursor = String(await this.#ask(DEAD_SCRIPTS.index.run(this.#client, this.#keys, args)));
    } while (cursor !== '0');
    return true;
  }

  #ask<A>(answer: Promise<A>): Promise<A> {
    return withTimeout(answer, REDIS_TIMEOUT_MS);
  }
}

function isAfter<T>(
  { failedAtMs: diedAtMs, job: item }: DeadJob<T>,
  after: DeadLetterPage['after'],
): boolean {
  return !after || compareDeadLetters({ failedAtMs: diedAtMs, id: item.id }, after) > 0;
}
