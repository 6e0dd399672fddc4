import type { DeadLetterPage } from './dead-letter-page.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { DeadJob } from './job.interface.js';
import type { JobProcessor } from './job-processor.interface.js';

/** When a failed item is tried again, and when it is given up. */
export interface RetryPolicy {
  /** How often an item is tried in all; at least 1. */
  readonly attempts: number;
  /** How long to wait after the first, second, … failure; the last one stands for all after it. */
  readonly delaysMs: readonly number[];
}

/** How long an item waits that has failed so often. */
export function delayAfter({ delaysMs }: RetryPolicy, attempts: number): number {
  return delaysMs[attempts - 1] ?? delaysMs.at(-1) ?? 0;
}

/** How a {@link OrderedQueue} works. */
export interface OrderedQueueOptions<T = unknown> {
  readonly retry: RetryPolicy;
  /** Puts into words what fails, for the log and for dead letters. */
  readonly errors?: ErrorDescriber;
  /** The most items handed out at once. */
  readonly batchSize: number;
  /** The most lanes worked on at once. */
  readonly concurrency: number;
  /**
   * How urgent an item is: lanes whose first item has a lower number have their turn before others.
   * By default all are alike.
   */
  readonly priorityOf?: (payload: T) => number;
}

/** What {@link OrderedQueue.enqueue} did. */
export interface EnqueueResult {
  /** False when the id was already known. */
  readonly isNew: boolean;
  /**
   * Resolves when the end of this process could no longer lose the item: at once when the queue is
   * durable, else when the item has been handled or is a dead letter. Rejects with
   * {@link QueueClosedError} when the queue closed before.
   */
  readonly persisted: Promise<void>;
}

/**
 * Ordered work, a lane per thread. The items of a lane are handled in push order and never two at
 * once; a lane that fails or waits holds back no other; an id pushed twice is handled once; nothing
 * is given up without leaving a dead letter.
 */
export abstract class OrderedQueue<T> {
  /** @throws {@link QueueClosedError} When the queue is closing. */
  abstract enqueue(lane: string, id: string, payload: T): Promise<EnqueueResult>;

  /** Starts the work; called once. */
  abstract process(consumer: JobProcessor<T>): void;

  /** Starts no further work until {@link resume}; what is being handled goes on. */
  abstract pause(): Promise<void>;

  abstract resume(): Promise<void>;

  /** The oldest first; all unless a page says otherwise. */
  abstract deadLetters(page?: DeadLetterPage): Promise<DeadJob<T>[]>;

  abstract countDeadLetters(): Promise<number>;

  /** Puts a dead letter back at the end of its lane; false when there is none of that id. */
  abstract retryDeadLetter(id: string): Promise<boolean>;

  /** Forgets a dead letter; false when there is none of that id. */
  abstract discardDeadLetter(id: string): Promise<boolean>;

  /**
   * Takes nothing more, finishes what can be worked on now, and returns the lanes that still hold
   * items; of very many only some.
   *
   * @param graceMs How long to wait for handlers at most.
   */
  abstract close(graceMs: number): Promise<readonly string[]>;
}
