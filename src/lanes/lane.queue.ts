import type { DeadLetterPage } from './dead-letter.page.js';
import type { ErrorDescriber } from '../errors/index.js';
import type { DeadLetter } from './lane-item.interface.js';
import type { LaneConsumer } from './lane.consumer.js';

/** When a failed item is tried again, and when it is given up. */
export interface LaneRetryPolicy {
  /** How often an item is tried in all; at least 1. */
  readonly attempts: number;
  /** How long to wait after the first, second, … failure; the last one stands for all after it. */
  readonly delaysMs: readonly number[];
}

/** How long an item waits that has failed so often. */
export function delayAfter({ delaysMs }: LaneRetryPolicy, attempts: number): number {
  return delaysMs[attempts - 1] ?? delaysMs.at(-1) ?? 0;
}

/** How a {@link LaneQueue} works. */
export interface LaneQueueOptions<T = unknown> {
  readonly retry: LaneRetryPolicy;
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

/** What {@link LaneQueue.push} did. */
export interface LanePush {
  /** False when the id was already known. */
  readonly fresh: boolean;
  /**
   * Resolves when the end of this process could no longer lose the item: at once when the queue is
   * durable, else when the item has been handled or is a dead letter. Rejects with
   * {@link LaneClosedError} when the queue closed before.
   */
  readonly safe: Promise<void>;
}

/**
 * Ordered work, a lane per thread. The items of a lane are handled in push order and never two at
 * once; a lane that fails or waits holds back no other; an id pushed twice is handled once; nothing
 * is given up without leaving a dead letter.
 */
export abstract class LaneQueue<T> {
  /** @throws {@link LaneClosedError} When the queue is closing. */
  abstract push(lane: string, id: string, payload: T): Promise<LanePush>;

  /** Starts the work; called once. */
  abstract consume(consumer: LaneConsumer<T>): void;

  /** Starts no further work until {@link resume}; what is being handled goes on. */
  abstract pause(): Promise<void>;

  abstract resume(): Promise<void>;

  /** The oldest first; all unless a page says otherwise. */
  abstract deadLetters(page?: DeadLetterPage): Promise<DeadLetter<T>[]>;

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
