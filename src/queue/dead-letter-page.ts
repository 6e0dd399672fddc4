import type { DeadJob } from './job.interface.js';

/** Some of the dead letters of a queue, in the order of when they failed, and of their ids where that is the same. */
export interface DeadLetterPage {
  /** The most letters; all by default. */
  readonly limit?: number | undefined;
  /** Only those behind this place, whether or not it still holds a letter. */
  readonly after?: { readonly failedAtMs: number; readonly id: string } | undefined;
}

/** The order of letters; ids in that of Redis. */
export function compareDeadLetters(
  { failedAtMs, job: { id } }: DeadJob<unknown>,
  other: { readonly failedAtMs: number; readonly id: string },
): number {
  return failedAtMs - other.failedAtMs || Buffer.compare(Buffer.from(id), Buffer.from(other.id));
}
