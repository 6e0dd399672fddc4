/** Some of the dead letters of a queue, in the order of when they failed, and of their ids where that is the same. */
export interface DeadLetterPage {
  /** The most letters; all by default. */
  readonly limit?: number | undefined;
  /** Only those behind this place, whether or not it still holds a letter. */
  readonly after?: { readonly failedAtMs: number; readonly id: string } | undefined;
}

/** The order of letters; ids in that of Redis. */
export function compareDeadLetters(
  one: { readonly failedAtMs: number; readonly id: string },
  other: { readonly failedAtMs: number; readonly id: string },
): number {
  return (
    one.failedAtMs - other.failedAtMs || Buffer.compare(Buffer.from(one.id), Buffer.from(other.id))
  );
}
