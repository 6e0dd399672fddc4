import type { LaneBatch } from './lane.consumer.js';
import type { LaneItem } from './lane-item.interface.js';
import type { RedisLaneStore } from './redis-lane.store.js';
import type { ShiftKey } from './redis-lane.interface.js';

/** The items of a lane in Redis that one call of the handler works on. */
export class RedisLaneBatch<T> implements LaneBatch<T> {
  readonly #store: RedisLaneStore<T>;
  readonly #shift: ShiftKey;
  readonly #left: Array<LaneItem<T>>;

  /** @param shift What holds the lane. */
  constructor(
    store: RedisLaneStore<T>,
    shift: ShiftKey,
    readonly lane: string,
    readonly items: ReadonlyArray<LaneItem<T>>,
  ) {
    this.#store = store;
    this.#shift = shift;
    this.#left = [...items];
  }

  /** The first item that is not completed; undefined when all are. */
  get head(): LaneItem<T> | undefined {
    return this.#left[0];
  }

  /** How many items have been completed, or buried. */
  get done(): number {
    return this.items.length - this.#left.length;
  }

  async complete(count: number, head?: T): Promise<void> {
    const completed = Math.min(count, this.#left.length);
    const next = this.#left[completed];
    const changed = next && head !== undefined ? { ...next, payload: head } : undefined;
    if (completed === 0 && !changed) return;
    await this.#store.complete(this.#shift, this.lane, this.done + completed, changed);
    this.#left.splice(0, completed);
    if (changed) this.#left[0] = changed;
  }

  /** Counts a failure of the first item, which stays where it is; the item as it is then. */
  async fail(item: LaneItem<T>): Promise<LaneItem<T>> {
    const failed = { ...item, attempts: item.attempts + 1 };
    await this.#store.complete(this.#shift, this.lane, this.done, failed);
    this.#left[0] = failed;
    return failed;
  }

  /** Makes the first item a dead letter. */
  async bury(item: LaneItem<T>, reason: string): Promise<void> {
    const diedAtMs = await this.#store.nowMs();
    const letter = { lane: this.lane, item, reason, diedAtMs };
    await this.#store.bury(this.#shift, this.done + 1, letter);
    this.#left.shift();
  }
}
