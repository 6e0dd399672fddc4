import type { Cluster, Redis } from 'ioredis';
import type { DeadLetter } from './lane-item.interface.js';
import type { RedisLaneStore } from './redis-lane.store.js';
import type { LineState } from './redis-lane.interface.js';
import { parseLetter } from './redis-lane.texts.js';

/** The items of one queue in Redis that were given up: a hash, by their ids. */
export class RedisDeadLetters<T> {
  readonly #client: Redis | Cluster;
  readonly #key: string;
  readonly #store: RedisLaneStore<T>;

  /** @param prefix What all keys of the queue begin with. */
  constructor(client: Redis | Cluster, prefix: string, store: RedisLaneStore<T>) {
    this.#client = client;
    this.#key = `${prefix}dead`;
    this.#store = store;
  }

  /** All of them, the oldest first. */
  async list(): Promise<Array<DeadLetter<T>>> {
    const texts = Object.values(await this.#client.hgetall(this.#key));
    const letters = texts.map((text) => parseLetter<T>(text));
    return letters.toSorted((one, other) => one.diedAtMs - other.diedAtMs);
  }

  /** Puts one back at the end of its lane, if there is one of that id. */
  async revive(id: string): Promise<{ isThere: boolean; line: LineState }> {
    const text = await this.#client.hget(this.#key, id);
    if (text === null) return { isThere: false, line: 'empty' };
    const { lane, item } = parseLetter<T>(text);
    return this.#store.revive(lane, { ...item, attempts: 0 });
  }

  /** False when there is none of that id. */
  async discard(id: string): Promise<boolean> {
    return (await this.#client.hdel(this.#key, id)) > 0;
  }

  /** Forgets those that died before then. */
  async forget(beforeMs: number): Promise<void> {
    const old = (await this.list()).filter(({ diedAtMs }) => diedAtMs < beforeMs);
    if (old.length > 0) await this.#client.hdel(this.#key, ...old.map(({ item }) => item.id));
  }
}
