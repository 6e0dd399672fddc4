import type { TraceContext } from './job-tracing.interface.js';

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
  /** How often it was put back when it had been given up; missing when it never was. */
  readonly retries?: number | undefined;
  /** When it was enqueued, in milliseconds since the Unix epoch; missing in what a version before this one has stored. */
  readonly enqueuedAtMs?: number | undefined;
  /** How long it waits on purpose, in milliseconds, which makes it no older; missing when it does not. */
  readonly heldMs?: number | undefined;
  /** The trace of whoever enqueued it; missing when there was none. */
  readonly trace?: TraceContext | undefined;
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

/** The job of a dead letter that is put back: with all its attempts, and as one that was enqueued now. */
export function renewed<T, P>(job: Job<T, P>, enqueuedAtMs: number): Job<T, P> {
  const retries = (job.retries ?? 0) + 1;
  return { ...job, attempts: 0, retries, enqueuedAtMs, heldMs: undefined };
}

/** Since when a job waits against its will, in milliseconds since the Unix epoch; undefined when it does not say so. */
export function waitsSinceMs<T, P>({ enqueuedAtMs, heldMs = 0 }: Job<T, P>): number | undefined {
  return enqueuedAtMs === undefined ? undefined : enqueuedAtMs + heldMs;
}
