/** What keeps a Redis that answers from being of use. */
export interface RedisProblem {
  /** What is denied, in a few words. */
  readonly summary: string;
  /** What the operator can do about it. */
  readonly remedy: string;
  /** Whether what is there can still be worked on: that frees memory. */
  readonly allowsWork: boolean;
}
