import type { LaneItem } from './lane-item.interface.js';

/** What waits at the head of one lane, handed to the one handler that works on this lane. */
export interface LaneBatch<T> {
  readonly lane: string;
  /** In push order; never empty. */
  readonly items: readonly LaneItem<T>[];
  /**
   * Takes the first `count` items of those still in the batch off the lane for good.
   *
   * @param head What the item that is now first carries from here on, such as how far it has come.
   */
  complete(count: number, head?: T): Promise<void>;
}

/** What was not completed waits. No attempt is counted. */
export interface LaneRest {
  /**
   * How long the queue is to leave all lanes alone; the lane then goes on first. With 0 nothing rests,
   * and the lane waits for its next turn, behind the others.
   */
  readonly restMs: number;
  /** Whether only this lane waits for so long, while all others go on. False by default. */
  readonly laneOnly?: boolean;
}

/** Does the work of a {@link LaneQueue}. */
export interface LaneConsumer<T> {
  /**
   * Handles a batch. Returning means that all of it is done; returning a {@link LaneRest}, that what
   * was not completed waits; throwing, that the first item not completed has failed.
   */
  handle(batch: LaneBatch<T>): Promise<LaneRest | void>;

  /** Called when an item becomes a dead letter, before its lane goes on. */
  buried(letter: DeadItem<T>): Promise<void>;
}

/** An item that has failed for the last time. */
export interface DeadItem<T> {
  readonly lane: string;
  readonly item: LaneItem<T>;
  readonly error: Error;
}
