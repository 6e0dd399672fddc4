/** Something that is wrong, in sentences without a full stop at the end. */
export interface Problem {
  readonly finding: string;
  /** What to do about it, unless the finding says so. */
  readonly remedy?: string | undefined;
  /** Why it matters, unless the finding says so. */
  readonly why?: string | undefined;
}

/** A problem as one line of the log. */
export function lineOfProblem({ finding, remedy, why }: Problem): string {
  return [finding, remedy, why].filter((sentence) => sentence !== undefined).join('. ');
}
