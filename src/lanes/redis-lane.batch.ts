import type { LaneBatch } from './lane.consumer.js';
import type { LaneItem } from './lane-item.interface.js';
import type { RedisLaneStore, StoredItem } from './redis-lane.store.js';

/** The items of a lane in Redis that one call of the handler works on. */
export class RedisLaneBatch<T> implements LaneBatch<T> {
  readonly items: ReadonlyArray<LaneItem<T>>;
  readonly #store: RedisLaneStore<T>;
  readonly #stored: Array<StoredItem<T>>;
  readonly #nextCount: number;
  #remaining: number | undefined;
  #next: ReadonlyArray<StoredItem<T>> = [];

  /** @param nextCount How many items to read of what stands behind the batch, once that is completed. */
  constructor(
    store: RedisLaneStore<T>,
    readonly lane: string,
    stored: ReadonlyArray<StoredItem<T>>,
    nextCount: number,
  ) {
    this.#store = store;
    this.#nextCount = nextCount;
    this.#stored = [...stored];
    this.items = stored.map(({ item }) => item);
  }

  /** The first item that is not completed; undefined when all are. */
  get head(): StoredItem<T> | undefined {
    return this.#stored[0];
  }

  /** Whether the lane holds more, as far as is known: undefined until something was completed. */
  get remaining(): number | undefined {
    return this.#remaining;
  }

  /** What the lane holds behind the batch, as it was when the last of the batch was completed. */
  get next(): ReadonlyArray<StoredItem<T>> {
    return this.#next;
  }

  async complete(count: number, head?: T): Promise<void> {
    const [first] = this.#stored;
    if (!first) return;
    const done = Math.min(count, this.#stored.length);
    const next = this.#stored[done];
    const changed = next && head !== undefined ? withPayload(next, head) : undefined;
    if (done === 0 && !changed) return;
    const nextCount = done === this.#stored.length ? this.#nextCount : 0;
    const left = await this.#store.complete(this.lane, first.text, done, {
      head: changed?.text,
      nextCount,
    });
    this.#remaining = left.length;
    this.#next = left.next;
    this.#stored.splice(0, done);
    if (changed) this.#stored[0] = changed;
  }

  /** Completes what the handler left. */
  completeRest(): Promise<void> {
    return this.complete(this.#stored.length);
  }

  /** Counts a failure of the first item, which stays where it is. */
  async fail(failed: LaneItem<T>): Promise<void> {
    const [first] = this.#stored;
    if (!first) return;
    const text = JSON.stringify(failed);
    await this.#store.complete(this.lane, first.text, 0, { head: text });
    this.#stored[0] = { item: failed, text };
  }
}

function withPayload<T>({ item }: StoredItem<T>, payload: T): StoredItem<T> {
  const changed = { ...item, payload };
  return { item: changed, text: JSON.stringify(changed) };
}
