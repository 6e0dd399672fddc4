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

/** What lanes in Redis cost, each in microseconds. */
export interface LaneCosts {
  /** To push into a lane that holds nothing, beside all that wait. */
  readonly pushNewLane: number;
  /** To push into a lane that holds something. */
  readonly pushBusyLane: number;
  /** To give a lane its turn: hand its first item to a handler that does nothing, take it off, add the next turn. */
  readonly drainItem: number;
  /** The same with all that waits of the lane, as the outbox does. */
  readonly drainLane: number;
  /** Bytes in Redis for each item that waits, with its part of its lane and of the lane's job. */
  readonly bytesPerItem: number;
}
