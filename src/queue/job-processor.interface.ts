import type { Job } from './job.interface.js';

/** What waits at the head of one lane, handed to the one handler that works on this lane. */
export interface JobBatch<T> {
  readonly key: string;
  /** In push order; never empty. */
  readonly jobs: readonly Job<T>[];
  /**
   * Takes the first `count` items of those still in the batch off the lane for good.
   *
   * @param head What the item that is now first carries from here on, such as how far it has come.
   */
  complete(count: number, head?: T): Promise<void>;
}

/** What was not completed waits. No attempt is counted. */
export interface Pause {
  /**
   * How long the queue is to leave all lanes alone; the lane then goes on first. With 0 nothing rests,
   * and the lane waits for its next turn, behind the others.
   */
  readonly pauseMs: number;
  /** Whether only this lane waits for so long, while all others go on. False by default. */
  readonly keyOnly?: boolean;
}

/** Does the work of a {@link OrderedQueue}. */
export interface JobProcessor<T> {
  /**
   * Handles a batch. Returning means that all of it is done; returning a {@link Pause}, that what
   * was not completed waits; throwing, that the first item not completed has failed.
   */
  process(batch: JobBatch<T>): Promise<Pause | void>;

  /** Called when an item becomes a dead letter, before its lane goes on. */
  onFailed(letter: FailedJob<T>): Promise<void>;
}

/** An item that has failed for the last time. */
export interface FailedJob<T> {
  readonly key: string;
  readonly job: Job<T>;
  readonly error: Error;
}
