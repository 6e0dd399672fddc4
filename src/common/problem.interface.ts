/** Something that is wrong, in sentences without a full stop at the end. */
export interface Problem {
  /** What is wrong. */
  readonly finding: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Why it matters, unless the finding says so. */
  readonly why?: string;
}
