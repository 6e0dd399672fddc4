import { randomUUID } from 'node:crypto';
import type { Job } from '../../queue/job.interface.js';
import type { StoredBatch } from '../../queue/process-batch.js';
import type { ReadJobs, RedisJobStore, StoredJob } from './redis-job-store.js';

/** The first jobs of one key in Redis, which one call of the processor works on. */
export class RedisJobBatch<T, P> implements StoredBatch<T, P> {
  readonly jobs: ReadonlyArray<Job<T, P>>;
  readonly #store: RedisJobStore<T, P>;
  readonly #left: Array<{ readonly job: StoredJob<T, P>; readonly text: string }>;
  readonly #lease = randomUUID();
  readonly #redisAheadMs: number;
  #remaining: number | undefined;

  constructor(
    store: RedisJobStore<T, P>,
    readonly key: string,
    { jobs, nowMs }: ReadJobs<T, P>,
  ) {
    this.#store = store;
    this.#left = [...jobs];
    this.#redisAheadMs = nowMs - performance.now();
    this.jobs = jobs.map(({ job }) => job);
  }

  get head(): Job<T, P> | undefined {
    return this.#left[0]?.job;
  }

  /** How many jobs have been completed, or given up. */
  get doneCount(): number {
    return this.jobs.length - this.#left.length;
  }

  /** Whether the key has no jobs, as far as is known. */
  get isLast(): boolean {
    return this.#remaining === 0;
  }

  async complete(count: number, progress?: P): Promise<void> {
    await this.#complete(count, progress === undefined ? undefined : { progress });
  }

  async fail(job: Job<T, P>): Promise<Job<T, P>> {
    const attempts = job.attempts + 1;
    await this.#complete(0, { attempts });
    return { ...job, attempts };
  }

  /** Has the first job wait, and counts no failure. */
  async delay(delayMs: number): Promise<void> {
    await this.#complete(0, { delay: { ms: delayMs, untilMs: this.#afterMs(delayMs) } });
  }

  async moveToDeadLetters(job: Job<T, P>, reason: string): Promise<void> {
    const [head] = this.#left;
    if (!head) return;
    const letter = { key: this.key, job, reason, failedAtMs: this.#afterMs(0) };
    this.#remaining = await this.#store.moveToDeadLetters(head.text, letter);
    this.#left.shift();
  }

  /** By Redis's clock, because those of the processes differ. */
  #afterMs(delayMs: number): number {
    return Math.ceil(performance.now() + this.#redisAheadMs + delayMs);
  }

  async #complete(count: number, change?: Partial<StoredJob<T, P>>): Promise<void> {
    const [first] = this.#left;
    const done = Math.min(count, this.#left.length);
    const next = this.#left[done];
    if (!first || (done === 0 && !change)) return;
    const job = next && { ...next.job, ...change, lease: this.#lease };
    const text = job ? JSON.stringify(job) : '';
    this.#remaining = await this.#store.complete(this.key, first.text, done, text);
    this.#left.splice(0, done);
    if (job) this.#left[0] = { job, text };
  }
}
