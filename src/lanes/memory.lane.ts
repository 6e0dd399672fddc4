import type { Timer } from '../common/clock.js';
import type { LaneBatch } from './lane.consumer.js';
import type { LaneItem } from './lane-item.interface.js';

/** One lane of a {@link MemoryLaneQueue}. */
export class MemoryLane<T> {
  items: LaneItem<T>[] = [];
  /** Whether a handler works on the lane, or it stands in the line for one. */
  busy = false;
  /** Runs while the first item waits to be tried again. */
  retry: Timer | undefined;

  constructor(readonly name: string) {}

  /**
   * Hands out the first items.
   *
   * @param onCompleted Told the id of each item that the handler has taken off the lane.
   */
  batch(size: number, onCompleted: (id: string) => void): MemoryLaneBatch<T> {
    return new MemoryLaneBatch(this, this.items.slice(0, size), onCompleted);
  }
}

/** The items that one call of the handler works on. */
export class MemoryLaneBatch<T> implements LaneBatch<T> {
  readonly #lane: MemoryLane<T>;
  readonly #onCompleted: (id: string) => void;
  #left: number;

  constructor(
    lane: MemoryLane<T>,
    readonly items: readonly LaneItem<T>[],
    onCompleted: (id: string) => void,
  ) {
    this.#lane = lane;
    this.#onCompleted = onCompleted;
    this.#left = items.length;
  }

  /** Whether every item of the batch has been completed. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  get lane(): string {
    return this.#lane.name;
  }

  complete(count: number, head?: T): Promise<void> {
    this.#complete(Math.min(count, this.#left));
    const [first] = this.#lane.items;
    if (first && head !== undefined) this.#lane.items[0] = { ...first, payload: head };
    return Promise.resolve();
  }

  /** Completes what the handler left. */
  completeRest(): void {
    this.#complete(this.#left);
  }

  #complete(count: number): void {
    for (const { id } of this.#lane.items.splice(0, count)) this.#onCompleted(id);
    this.#left -= count;
  }
}
