/** A piece of work that waits in a lane. */
export interface Job<T> {
  /** Known to the whole queue for 24 hours or more: pushing it again changes nothing. */
  readonly id: string;
  /** What to do; plain JSON. */
  readonly payload: T;
  /** How often handling it has failed. */
  readonly attempts: number;
}

/** An item that was given up on, and why. Kept until it is retried or discarded. */
export interface DeadJob<T> {
  readonly key: string;
  readonly job: Job<T>;
  /** The message of the last error. */
  readonly reason: string;
  /** Milliseconds since the Unix epoch. */
  readonly failedAtMs: number;
}
