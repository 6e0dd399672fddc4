import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { DeadLetterPage } from './dead-letter-page.js';
import type { DeadJob, Job } from './job.interface.js';
import type { JobProcessor } from './job-processor.interface.js';
import type { JobTracing } from './job-tracing.interface.js';
import type { JobStore } from './job-store.js';
import type { KeyQueue } from './key-queue.js';
import { QueueClosedError } from './queue-closed.error.js';
import { QueueWorker } from './queue-worker.js';

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
  /** Whether anybody misses the jobs of a key that are lost. By default all are missed. */
  readonly isMissed?: (key: string) => boolean;
  /** Has jobs belong to the trace of whoever enqueued them. By default they belong to none. */
  readonly tracing?: JobTracing | undefined;
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

/** How much an {@link OrderedQueue} has to do. */
export interface Backlog {
  readonly jobs: number;
  /**
   * How long the oldest of them has been there, in milliseconds, without the time for which it waits on purpose; 0 without
   * jobs, undefined when no first job of a key says so.
   */
  readonly oldestMs: number | undefined;
}

/**
 * A queue that keeps order within a key, such as a thread: the jobs of one key run one at a time in the
 * order in which they were enqueued, while keys run side by side. A key that fails or waits holds back no
 * other. A job runs once however often its id is enqueued. A job that is given up becomes a dead letter.
 */
export class OrderedQueue<T, P = unknown> {
  /** Runs what belongs to no request of the app, though one has started it. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #worker: QueueWorker<T, P>;
  #isClosed = false;

  /** @param clock Measures delays, pauses and the age of jobs. */
  constructor(
    private readonly store: JobStore<T, P>,
    private readonly keys: KeyQueue<T, P>,
    private readonly options: OrderedQueueOptions<T, P>,
    private readonly clock: Clock,
  ) {
    this.#worker = new QueueWorker(keys, options, clock);
  }

  /**
   * @param enqueuedAtMs When a job that comes from another queue was enqueued there.
   * @throws {@link QueueClosedError} When the queue is closing.
   */
  async enqueue(
    key: string,
    id: string,
    payload: T,
    enqueuedAtMs = this.clock.now(),
  ): Promise<EnqueueResult> {
    if (this.#isClosed) throw new QueueClosedError();
    const job: Job<T, P> = {
      id,
      payload,
      attempts: 0,
      enqueuedAtMs,
      trace: this.options.tracing?.capture(),
    };
    const { needsTurn, ...result } = await this.store.enqueue(key, job);
    if (needsTurn) await this.keys.add(key, result.isDuplicate ? undefined : job);
    return result;
  }

  /** Starts to process jobs; called once. */
  process(processor: JobProcessor<T, P>): void {
    const { store, options } = this;
    const logger = new SafeLogger(OrderedQueue.name, options.errors);
    this.#outsideRequests(() => this.#worker.start({ store, processor, options, logger }));
  }

  /** Starts no further job until {@link resume}; those under way go on. */
  pause(): void {
    this.#worker.pause();
  }

  resume(): void {
    this.#worker.resume();
  }

  /** The oldest first; all unless a page says otherwise. */
  deadLetters(page?: DeadLetterPage): Promise<DeadJob<T, P>[]> {
    return this.store.deadLetters.list(page);
  }

  countDeadLetters(): Promise<number> {
    return this.store.deadLetters.count();
  }

  /** Undefined when there is none of that id. */
  findDeadLetter(id: string): Promise<DeadJob<T, P> | undefined> {
    return this.store.deadLetters.find(id);
  }

  /** Puts a dead letter back at the end of its key, with all its attempts; false when there is none of that id. */
  async retryDeadLetter(id: string): Promise<boolean> {
    const retried = await this.store.retryDeadLetter(id);
    if (retried?.needsTurn) await this.keys.add(retried.key);
    return retried !== undefined;
  }

  /** Forgets a dead letter; false when there is none of that id. */
  discardDeadLetter(id: string): Promise<boolean> {
    return this.store.deadLetters.discard(id);
  }

  /**
   * Counts the jobs that would be missed, those that are worked on included. In Redis each page of about 100 keys costs two
   * commands: SSCAN, and EVALSHA where a key of the page counts.
   *
   * @throws When the store does not answer one of them within 2 seconds.
   */
  async backlog(): Promise<Backlog> {
    const { isMissed = () => true } = this.options;
    const { jobs, oldestAtMs } = await this.store.backlog(isMissed);
    // The clocks of processes differ.
    const ageMs = oldestAtMs === undefined ? undefined : Math.max(0, this.clock.now() - oldestAtMs);
    return { jobs, oldestMs: jobs === 0 ? 0 : ageMs };
  }

  /** The names of the keys that have jobs, in pages; one of them may come twice. */
  keyNames(): AsyncIterable<readonly string[]> {
    return this.store.keys();
  }

  /** The first jobs of a key. */
  async peek(key: string, most: number): Promise<ReadonlyArray<Job<T, P>>> {
    return (await this.store.read(key, most)).jobs;
  }

  /**
   * Forgets all jobs of a key. One that is worked on is neither completed nor tried again.
   *
   * @returns The jobs that it had.
   */
  async drop(key: string): Promise<ReadonlyArray<Job<T, P>>> {
    const dropped = await this.store.drop(key);
    this.#worker.wake(key);
    return dropped;
  }

  /**
   * Accepts nothing more, and finishes the jobs that are under way.
   *
   * @param graceMs The most time to wait for them.
   * @returns The keys that still hold jobs; of very many only some.
   */
  async close(graceMs: number): Promise<readonly string[]> {
    this.#isClosed = true;
    await this.keys.stop();
    await this.#worker.close(graceMs);
    const names = await this.store.close();
    await this.keys.close();
    return names;
  }
}
