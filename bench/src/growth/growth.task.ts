/** How much waits. */
export interface Size {
  readonly jobs: number;
  readonly keys: number;
}

/** At least two jobs in a key, so that a turn of one job leaves something behind at every size. */
export const SIZES: readonly Size[] = [
  { jobs: 10, keys: 5 },
  { jobs: 1_000, keys: 500 },
  { jobs: 100_000, keys: 10_000 },
];

/** Small sizes are over in a moment, so they are measured over and over. */
export function repetitionsOf({ jobs }: Size): number {
  return Math.max(1, Math.min(100, Math.round(10_000 / jobs)));
}

/** What it costs to push beside all that wait, in microseconds. */
export interface PushCosts {
  /** Into a key that holds nothing. */
  readonly enqueueNewKey: number;
  /** Into a key that holds something. */
  readonly enqueueWaitingKey: number;
  /** Bytes in Redis for each job that waits, with its part of its key and of the key's job. */
  readonly bytesPerJob: number;
}

/** What a turn of a key costs, in microseconds. */
export interface TurnCosts {
  /** To hand its first job to a handler that does nothing, take it off, and add the next turn. */
  readonly drainJob: number;
  /** The same with all that waits of the key, as the outbox does. */
  readonly drainKey: number;
}
