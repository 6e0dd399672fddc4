import type { LaneBatch } from './lane.consumer.js';
import type { LaneItem } from './lane-item.interface.js';
import type { RedisLaneStore, ShiftKey } from './redis-lane.store.js';

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

  /** How many items are not completed. */
  get left(): number {
    return this.#left.length;
  }

  async complete(count: number, head?: T): Promise<void> {
    const done = Math.min(count, this.#left.length);
    const next = this.#left[done];
    const changed = next && head !== undefined ? { ...next, payload: head } : undefined;
    if (done === 0 && !changed) return;
    await this.#store.complete(this.#shift, this.lane, done, changed);
    this.#left.splice(0, done);
    if (changed) this.#left[0] = changed;
  }

  /** Counts a failure of the first item, which stays where it is; the item as it is then. */
  async fail(item: LaneItem<T>): Promise<LaneItem<T>> {
    const failed = { ...item, attempts: item.attempts + 1 };
    await this.#store.complete(this.#shift, this.lane, 0, failed);
    this.#left[0] = failed;
    return failed;
  }

  /** Makes the first item a dead letter. */
  async bury(item: LaneItem<T>, reason: string): Promise<void> {
    const letter = { lane: this.lane, item, reason, diedAtMs: Date.now() };
    await this.#store.bury(this.#shift, letter);
    this.#left.shift();
  }
}
