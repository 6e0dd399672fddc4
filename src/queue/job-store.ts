import type { DeadLetterPage } from './dead-letter-page.js';
import type { DeadJob, Job } from './job.interface.js';
import type { EnqueueResult } from './ordered-queue.js';

/** What {@link JobStore.enqueue} did. */
export interface StoreResult extends EnqueueResult {
  /** Whether the {@link KeyQueue} may not have the key. */
  readonly needsTurn: boolean;
}

/** The first jobs of a key. */
export interface ReadJobs<T, P> {
  readonly jobs: ReadonlyArray<Job<T, P>>;
  /** How long the first one still has to wait for its retry, in milliseconds. */
  readonly waitMs: number;
}

/** The dead letters of a queue. */
export interface DeadLetterStore<T, P> {
  list(page?: DeadLetterPage): Promise<DeadJob<T, P>[]>;
  count(): Promise<number>;
  find(id: string): Promise<DeadJob<T, P> | undefined>;
  /** False when there is none of that id. */
  discard(id: string): Promise<boolean>;
}

/** How much waits. */
export interface StoredBacklog {
  readonly jobs: number;
  /**
   * Since when the oldest of them waits, without the time for which it waits on purpose; undefined when there is none, or no
   * first job of a key says so.
   */
  readonly oldestAtMs: number | undefined;
}

/**
 * Keeps the jobs of a queue, by key and in order. A change names the first job of its key by the very object
 * that was read, or that was stored instead of it.
 */
export interface JobStore<T, P> {
  readonly deadLetters: DeadLetterStore<T, P>;

  /** Appends a job, unless its id is known. */
  enqueue(key: string, job: Job<T, P>): Promise<StoreResult>;

  read(key: string, most: number): Promise<ReadJobs<T, P>>;

  /**
   * Removes the first jobs of a key; how many are left.
   *
   * @param changed Replaces the one that is first then; missing when none is known.
   * @throws {@link LeaseLostError} When the first job is another one than `head`.
   */
  complete(key: string, head: Job<T, P>, count: number, changed?: Job<T, P>): Promise<number>;

  /** Lets the first job wait, whichever process has the key then. @throws {@link LeaseLostError} */
  delay(key: string, head: Job<T, P>, delayMs: number): Promise<void>;

  /** Makes the first job a dead letter; how many are left. @throws {@link LeaseLostError} */
  moveToDeadLetters(key: string, head: Job<T, P>, reason: string): Promise<number>;

  /** Appends the job of a dead letter to its key; undefined when there is none of that id. */
  retryDeadLetter(id: string): Promise<{ key: string; needsTurn: boolean } | undefined>;

  /** The keys that have jobs, in pages; one of them may come twice. */
  keys(): AsyncIterable<readonly string[]>;

  /**
   * Counts the jobs of the keys that count, those that are worked on included.
   *
   * @throws When the store does not answer a command within 2 seconds.
   */
  backlog(counts: (key: string) => boolean): Promise<StoredBacklog>;

  /** Forgets all jobs of a key, the one that is worked on included; those that it had. */
  drop(key: string): Promise<ReadonlyArray<Job<T, P>>>;

  /** The keys that still have jobs; of very many only some. */
  close(): Promise<readonly string[]>;
}
