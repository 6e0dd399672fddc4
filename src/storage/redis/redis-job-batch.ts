import type { JobBatch } from '../../queue/job-processor.interface.js';
import type { Job } from '../../queue/job.interface.js';
import type { RedisLaneStore } from '../../lanes/redis-lane.store.js';
import type { ShiftKey } from '../../lanes/redis-lane.interface.js';

/** The items of a lane in Redis that one call of the handler works on. */
export class RedisJobBatch<T> implements JobBatch<T> {
  readonly #store: RedisLaneStore<T>;
  readonly #shift: ShiftKey;
  readonly #left: Array<Job<T>>;

  /** @param shift What holds the lane. */
  constructor(
    store: RedisLaneStore<T>,
    shift: ShiftKey,
    readonly key: string,
    readonly jobs: ReadonlyArray<Job<T>>,
  ) {
    this.#store = store;
    this.#shift = shift;
    this.#left = [...jobs];
  }

  /** The first item that is not completed; undefined when all are. */
  get head(): Job<T> | undefined {
    return this.#left[0];
  }

  /** How many items have been completed, or buried. */
  get done(): number {
    return this.jobs.length - this.#left.length;
  }

  async complete(count: number, head?: T): Promise<void> {
    const completed = Math.min(count, this.#left.length);
    const next = this.#left[completed];
    const changed = next && head !== undefined ? { ...next, payload: head } : undefined;
    if (completed === 0 && !changed) return;
    await this.#store.complete(this.#shift, this.key, this.done + completed, changed);
    this.#left.splice(0, completed);
    if (changed) this.#left[0] = changed;
  }

  /** Counts a failure of the first item, which stays where it is; the item as it is then. */
  async fail(item: Job<T>): Promise<Job<T>> {
    const failed = { ...item, attempts: item.attempts + 1 };
    await this.#store.complete(this.#shift, this.key, this.done, failed);
    this.#left[0] = failed;
    return failed;
  }

  /** Makes the first item a dead letter. */
  async bury(item: Job<T>, reason: string): Promise<void> {
    const failedAtMs = await this.#store.nowMs();
    const letter = { key: this.key, job: item, reason, failedAtMs };
    await this.#store.bury(this.#shift, this.done + 1, letter);
    this.#left.shift();
  }
}
