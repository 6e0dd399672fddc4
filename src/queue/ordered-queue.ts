import type { ErrorDescriber } from '../errors/index.js';
import type { DeadLetterPage } from './dead-letter-page.js';
import type { DeadJob, Job } from './job.interface.js';
import type { JobProcessor } from './job-processor.interface.js';

/** When a failed job is tried again, and when it is given up. */
export interface RetryPolicy {
  /** How often a job is tried in all; at least 1. */
  readonly attempts: number;
  /** The delay after the first, second, … failure; the last one stands for all after it. */
  readonly delaysMs: readonly number[];
}

/** How an {@link OrderedQueue} works. */
export interface OrderedQueueOptions<T, P = unknown> {
  readonly retry: RetryPolicy;
  /** The most jobs of one batch. */
  readonly batchSize: number;
  /** The most keys that this process works on at once. */
  readonly concurrency: number;
  /** Keys whose first job has a lower number go first. By default all are alike. */
  readonly priorityOf?: (job: Job<T, P>) => number;
  /** Puts errors into words, for the log and for dead letters. */
  readonly errors?: ErrorDescriber;
}

/** What {@link OrderedQueue.enqueue} did. */
export interface EnqueueResult {
  /** Whether the id was known already, so that nothing was added. */
  readonly isDuplicate: boolean;
  /**
   * Resolves when the end of this process can no longer lose the job: at once in a durable queue, else
   * when the job is done or a dead letter. Rejects with {@link QueueClosedError} when the queue closed first.
   */
  readonly persisted: Promise<void>;
}

/**
 * A queue that keeps order within a key, such as a thread: the jobs of one key run one at a time in the
 * order in which they were enqueued, while keys run side by side. A key that fails or waits holds back no
 * other. A job runs once however often its id is enqueued. A job that is given up becomes a dead letter.
 */
export abstract class OrderedQueue<T, P = unknown> {
  /** @throws {@link QueueClosedError} When the queue is closing. */
  abstract enqueue(key: string, id: string, payload: T): Promise<EnqueueResult>;

  /** Starts to process jobs; called once. */
  abstract process(processor: JobProcessor<T, P>): void;

  /** Starts no further job until {@link resume}; those under way go on. */
  abstract pause(): Promise<void>;

  abstract resume(): Promise<void>;

  /** The oldest first; all unless a page says otherwise. */
  abstract deadLetters(page?: DeadLetterPage): Promise<DeadJob<T, P>[]>;

  abstract countDeadLetters(): Promise<number>;

  /** Puts a dead letter back at the end of its key, with all its attempts; false when there is none of that id. */
  abstract retryDeadLetter(id: string): Promise<boolean>;

  /** Forgets a dead letter; false when there is none of that id. */
  abstract discardDeadLetter(id: string): Promise<boolean>;

  /**
   * Accepts nothing more, and finishes the jobs that are under way.
   *
   * @param graceMs The most time to wait for them.
   * @returns The keys that still hold jobs; of very many only some.
   */
  abstract close(graceMs: number): Promise<readonly string[]>;
}
