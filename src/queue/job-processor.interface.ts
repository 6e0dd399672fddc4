import type { Job } from './job.interface.js';

/** The first jobs of one key. Nobody else works on this key meanwhile. */
export interface JobBatch<T, P = unknown> {
  readonly key: string;
  /** In the order in which they were enqueued; never empty. */
  readonly jobs: readonly Job<T, P>[];
  /**
   * Removes the first `count` of the jobs that are left in the batch.
   *
   * @param progress Stored with the job that is first then.
   * @throws {@link LeaseLostError} When another process has taken the key over.
   */
  complete(count: number, progress?: P): Promise<void>;
}

/** The jobs that were not completed wait. This counts as no attempt. */
export interface Pause {
  /**
   * How long the queue starts nothing, in milliseconds; this key goes on
   * then, before the others of its priority. With 0 there is no
   * pause, and the key waits for its next turn, behind the others.
   */
  readonly pauseMs: number;
  /** Whether only this key pauses, while the others go on. False by default. */
  readonly keyOnly?: boolean;
  /** Whether another process is to have the key next, if one takes it. For a pause of this key only. False by default. */
  readonly isPassedOn?: boolean;
  /** Whether the first job waits on purpose, so that this makes it no older. For a pause of this key only. False by default. */
  readonly isPlanned?: boolean;
}

/** Does the work of an {@link OrderedQueue}. */
export interface JobProcessor<T, P = unknown> {
  /**
   * Processes a batch. To return means that all of it is done; to return a {@link Pause}, that what was
   * not completed waits; to throw, that the first job that was not completed has failed.
   */
  process(batch: JobBatch<T, P>): Promise<Pause | void>;

  /** Called when a job becomes a dead letter, before its key goes on. When it throws, the job is tried again. */
  onFailed(failed: FailedJob<T, P>): Promise<void>;

  /** Called when a job is in the list of dead letters; not when the process ends just before. */
  onDeadLetter?(failed: FailedJob<T, P>): void;
}

/** A job that has failed for the last time. */
export interface FailedJob<T, P = unknown> {
  readonly key: string;
  readonly job: Job<T, P>;
  readonly error: Error;
}
