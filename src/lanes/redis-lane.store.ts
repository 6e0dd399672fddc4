import type { Cluster, Redis } from 'ioredis';
import type { RedisFarewell } from '../redis/redis.farewell.js';
import { LaneTakenOverError } from './lane-taken-over.error.js';
import type { DeadLetter, LaneItem } from './lane-item.interface.js';
import { LANE_SCRIPTS } from './redis-lane.scripts.js';

const SEEN_LIFE_SECONDS = 24 * 60 * 60;

/** An item with the text by which Redis knows it. */
export interface StoredItem<T> {
  readonly item: LaneItem<T>;
  readonly text: string;
}

/** What else {@link RedisLaneStore.complete} is to do. */
export interface CompletionDetails {
  /** The text that the item that is first then is to have; undefined: as it is. */
  readonly head?: string | undefined;
  /** How many of the items that are left to read. */
  readonly nextCount?: number;
}

/** What a lane holds after some items were completed. */
export interface LaneRemainder<T> {
  readonly length: number;
  /** The first of them, as many as were asked for. */
  readonly next: ReadonlyArray<StoredItem<T>>;
}

/**
 * The lanes of one queue in Redis: a list of items per lane, the set of lanes that hold some, a key
 * per known id and a hash of dead letters, all with the hash tag in their common prefix.
 */
export class RedisLaneStore<T> {
  readonly #client: Redis | Cluster;
  readonly #prefix: string;
  readonly #farewell: RedisFarewell | undefined;

  /**
   * @param prefix What all keys begin with; holds a hash tag.
   * @param farewell Ends the waits for a client that would wait for Redis for ever.
   */
  constructor(client: Redis | Cluster, prefix: string, farewell?: RedisFarewell) {
    this.#client = client;
    this.#prefix = prefix;
    this.#farewell = farewell;
  }

  /** Appends an item, unless its id is known; how many the lane holds then. */
  async push(lane: string, item: LaneItem<T>): Promise<{ fresh: boolean; length: number }> {
    const keys = [`${this.#prefix}seen:${item.id}`, this.#lane(lane), this.#lanes];
    const args = [JSON.stringify(item), lane, SEEN_LIFE_SECONDS];
    const answer = Number(await LANE_SCRIPTS.push.run(this.#client, keys, args));
    return { fresh: answer > 0, length: Math.abs(answer) };
  }

  /** The first items of a lane. */
  async peek(lane: string, count: number): Promise<Array<StoredItem<T>>> {
    const texts = await this.#wait(this.#client.lrange(this.#lane(lane), 0, count - 1));
    return texts.map((text) => ({ item: parseItem<T>(text), text }));
  }

  /**
   * Takes the first items off.
   *
   * @param head The text of the item that is first now.
   * @throws {@link LaneTakenOverError}
   */
  async complete(
    lane: string,
    head: string,
    count: number,
    { head: newHead = '', nextCount = 0 }: CompletionDetails = {},
  ): Promise<LaneRemainder<T>> {
    const keys = [this.#lane(lane), this.#lanes];
    const args = [head, lane, count, newHead, nextCount];
    const [length, ...texts] = listOf(
      await this.#wait(LANE_SCRIPTS.complete.run(this.#client, keys, args)),
    );
    const next = texts.map((text) => ({ item: parseItem<T>(String(text)), text: String(text) }));
    return { length: this.#changed(lane, length), next };
  }

  /**
   * Makes the first item a dead letter; how many the lane holds then.
   *
   * @throws {@link LaneTakenOverError}
   */
  async bury(head: string, letter: DeadLetter<T>): Promise<number> {
    const { lane, item } = letter;
    const keys = [this.#lane(lane), this.#lanes, this.#dead];
    const args = [head, lane, item.id, JSON.stringify(letter)];
    const answer = this.#wait(LANE_SCRIPTS.bury.run(this.#client, keys, args));
    return this.#changed(lane, await answer);
  }

  /** All dead letters, the oldest first. */
  async deadLetters(): Promise<Array<DeadLetter<T>>> {
    const letters = Object.values(await this.#client.hgetall(this.#dead)).map((text) =>
      parseLetter<T>(text),
    );
    return letters.toSorted((one, other) => one.diedAtMs - other.diedAtMs);
  }

  /** Puts a dead letter back at the end of its lane; the lane's name and length, or null. */
  async revive(id: string): Promise<{ lane: string; length: number } | null> {
    const text = await this.#client.hget(this.#dead, id);
    if (text === null) return null;
    const { lane, item } = parseLetter<T>(text);
    const keys = [this.#lane(lane), this.#lanes, this.#dead];
    const args = [id, lane, JSON.stringify({ ...item, attempts: 0 })];
    const length = Number(await LANE_SCRIPTS.revive.run(this.#client, keys, args));
    return length === 0 ? null : { lane, length };
  }

  /** Forgets a dead letter; false when there is none of that id. */
  async discard(id: string): Promise<boolean> {
    return (await this.#client.hdel(this.#dead, id)) > 0;
  }

  /** Forgets the dead letters of items that died before then. */
  async forgetDead(beforeMs: number): Promise<void> {
    const old = (await this.deadLetters()).filter(({ diedAtMs }) => diedAtMs < beforeMs);
    if (old.length > 0) await this.#client.hdel(this.#dead, ...old.map(({ item }) => item.id));
  }

  /** The lanes that hold items. */
  lanes(): Promise<string[]> {
    return this.#client.smembers(this.#lanes);
  }

  #wait<A>(answer: Promise<A>): Promise<A> {
    return this.#farewell ? this.#farewell.untilAway(answer) : answer;
  }

  #changed(lane: string, answer: unknown): number {
    const length = Number(answer);
    if (length < 0) throw new LaneTakenOverError(lane);
    return length;
  }

  #lane(name: string): string {
    return `${this.#prefix}lane:${name}`;
  }

  get #lanes(): string {
    return `${this.#prefix}lanes`;
  }

  get #dead(): string {
    return `${this.#prefix}dead`;
  }
}

function listOf(answer: unknown): unknown[] {
  return Array.isArray(answer) ? answer : [answer];
}

function parseItem<T>(text: string): LaneItem<T> {
  const item: LaneItem<T> = JSON.parse(text);
  return item;
}

function parseLetter<T>(text: string): DeadLetter<T> {
  const letter: DeadLetter<T> = JSON.parse(text);
  return letter;
}
