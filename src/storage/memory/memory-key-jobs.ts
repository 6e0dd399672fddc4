import type { Timer } from '../../common/clock.js';
import type { Job } from '../../queue/job.interface.js';
import type { StoredBatch } from '../../queue/process-batch.js';

/** The jobs of one key in a {@link MemoryOrderedQueue}. */
export class MemoryKeyJobs<T, P> {
  jobs: Job<T, P>[] = [];
  /** Whether the key is being worked on, or ready for that. */
  isBusy = false;
  /** Runs while the first job waits for a retry. */
  retryTimer: Timer | undefined;

  constructor(readonly key: string) {}

  /** @param onRemoved Called with each job that is done, or was given up for a reason. */
  batch(size: number, onRemoved: (job: Job<T, P>, reason?: string) => void): MemoryJobBatch<T, P> {
    return new MemoryJobBatch(this, this.jobs.slice(0, size), onRemoved);
  }
}

/** The jobs that one call of the processor works on. */
export class MemoryJobBatch<T, P> implements StoredBatch<T, P> {
  readonly #owner: MemoryKeyJobs<T, P>;
  readonly #onRemoved: (job: Job<T, P>, reason?: string) => void;
  #left: number;

  constructor(
    owner: MemoryKeyJobs<T, P>,
    readonly jobs: readonly Job<T, P>[],
    onRemoved: (job: Job<T, P>, reason?: string) => void,
  ) {
    this.#owner = owner;
    this.#onRemoved = onRemoved;
    this.#left = jobs.length;
  }

  get key(): string {
    return this.#owner.key;
  }

  get head(): Job<T, P> | undefined {
    return this.#left > 0 ? this.#owner.jobs[0] : undefined;
  }

  complete(count: number, progress?: P): Promise<void> {
    const done = this.#owner.jobs.splice(0, Math.min(count, this.#left));
    this.#left -= done.length;
    for (const job of done) this.#onRemoved(job);
    const [first] = this.#owner.jobs;
    if (first && progress !== undefined) this.#owner.jobs[0] = { ...first, progress };
    return Promise.resolve();
  }

  fail(job: Job<T, P>): Promise<Job<T, P>> {
    const failed = { ...job, attempts: job.attempts + 1 };
    this.#owner.jobs[0] = failed;
    return Promise.resolve(failed);
  }

  moveToDeadLetters(job: Job<T, P>, reason: string): Promise<void> {
    this.#owner.jobs.shift();
    this.#left -= 1;
    this.#onRemoved(job, reason);
    return Promise.resolve();
  }
}
