import type { Timer } from '../../common/clock.js';
import type { JobBatch } from '../../queue/job-processor.interface.js';
import type { Job } from '../../queue/job.interface.js';

/** One lane of a {@link MemoryOrderedQueue}. */
export class MemoryJobList<T> {
  items: Job<T>[] = [];
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
  batch(size: number, onCompleted: (id: string) => void): MemoryJobBatch<T> {
    return new MemoryJobBatch(this, this.items.slice(0, size), onCompleted);
  }
}

/** The items that one call of the handler works on. */
export class MemoryJobBatch<T> implements JobBatch<T> {
  readonly #lane: MemoryJobList<T>;
  readonly #onCompleted: (id: string) => void;
  #left: number;

  constructor(
    lane: MemoryJobList<T>,
    readonly jobs: readonly Job<T>[],
    onCompleted: (id: string) => void,
  ) {
    this.#lane = lane;
    this.#onCompleted = onCompleted;
    this.#left = jobs.length;
  }

  /** Whether every item of the batch has been completed. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  get key(): string {
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
