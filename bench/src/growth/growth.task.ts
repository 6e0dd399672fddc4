/** How much waits. */
export interface Size {
  readonly items: number;
  readonly lanes: number;
}

/** At least two items in a lane, so that a turn of one item leaves something behind at every size. */
export const SIZES: readonly Size[] = [
  { items: 10, lanes: 5 },
  { items: 1_000, lanes: 500 },
  { items: 100_000, lanes: 10_000 },
];

/** Small sizes are over in a moment, so they are measured over and over. */
export function repetitionsOf({ items }: Size): number {
  return Math.max(1, Math.min(100, Math.round(10_000 / items)));
}

/** What it costs to push beside all that wait, in microseconds. */
export interface PushCosts {
  /** Into a lane that holds nothing. */
  readonly pushNewLane: number;
  /** Into a lane that holds something. */
  readonly pushBusyLane: number;
  /** Bytes in Redis for each item that waits, with its part of its lane and of the lane's job. */
  readonly bytesPerItem: number;
}

/** What a turn of a lane costs, in microseconds. */
export interface TurnCosts {
  /** To hand its first item to a handler that does nothing, take it off, and add the next turn. */
  readonly drainItem: number;
  /** The same with all that waits of the lane, as the outbox does. */
  readonly drainLane: number;
}
