/** A piece of durable work. All of it is plain JSON. */
export interface Job<T, P = unknown> {
  /** Remembered by the queue for 24 hours or more: to enqueue the same id again changes nothing. */
  readonly id: string;
  /** What to do. It never changes. */
  readonly payload: T;
  /** How far the processor has come with it; missing until it says so. */
  readonly progress?: P | undefined;
  /** How often processing it has failed. */
  readonly attempts: number;
}

/** A job that was given up, and why. Kept for 30 days, until it is retried or discarded. */
export interface DeadJob<T, P = unknown> {
  readonly key: string;
  readonly job: Job<T, P>;
  /** The message of the last error. */
  readonly reason: string;
  /** Milliseconds since the Unix epoch. */
  readonly failedAtMs: number;
}
