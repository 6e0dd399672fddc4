import { expect, vi } from 'vitest';
import type {
  FailedJob,
  JobBatch,
  JobProcessor,
  Pause,
} from '../../src/queue/job-processor.interface.js';

type Work = (batch: JobBatch<string, string>) => Promise<Pause | void> | Pause | void;

/** A processor that records its jobs, and does with them what the test says. */
export class JobRecorder implements JobProcessor<string, string> {
  /** `key:payload` of each job of each batch, in order. */
  readonly seen: string[] = [];
  /** How many jobs each batch had. */
  readonly batchSizes: number[] = [];
  readonly failedJobs: FailedJob<string, string>[] = [];
  /** The most calls that were under way at once, in all and for one key. */
  mostAtOnce = 0;
  mostOfOneKey = 0;
  readonly #underWay = new Map<string, number>();
  readonly #work: Work;

  constructor(work: Work = () => undefined) {
    this.#work = work;
  }

  /** How many calls are under way. */
  get atWork(): number {
    return [...this.#underWay.values()].reduce((sum, count) => sum + count, 0);
  }

  async process(batch: JobBatch<string, string>): Promise<Pause | void> {
    this.#enter(batch.key);
    this.batchSizes.push(batch.jobs.length);
    this.seen.push(...batch.jobs.map(({ payload }) => `${batch.key}:${payload}`));
    try {
      return await this.#work(batch);
    } finally {
      this.#underWay.set(batch.key, (this.#underWay.get(batch.key) ?? 1) - 1);
    }
  }

  onFailed(letter: FailedJob<string, string>): Promise<void> {
    this.failedJobs.push(letter);
    return Promise.resolve();
  }

  /** Waits until that many items have been handed out. */
  async sees(count: number): Promise<void> {
    await vi.waitFor(() => expect(this.seen.length).toBeGreaterThanOrEqual(count), {
      timeout: 20_000,
      interval: 5,
    });
  }

  #enter(key: string): void {
    this.#underWay.set(key, (this.#underWay.get(key) ?? 0) + 1);
    this.mostOfOneKey = Math.max(this.mostOfOneKey, ...this.#underWay.values());
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atWork);
  }
}
