/** Some of the dead letters of a queue. They are in order of when they died, and of their ids where that is the same. */
export interface DeadLetterPage {
  /** How many at most; all by default. */
  readonly limit?: number | undefined;
  /** Only those behind this place, whether or not there still is a letter of it. */
  readonly after?: { readonly failedAtMs: number; readonly id: string } | undefined;
}

/** The order of ids, as Redis has it. */
export function compareIds(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The order of letters. */
export function compareDeadLetters(
  one: { readonly failedAtMs: number; readonly id: string },
  other: { readonly failedAtMs: number; readonly id: string },
): number {
  return one.failedAtMs - other.failedAtMs || compareIds(one.id, other.id);
}
