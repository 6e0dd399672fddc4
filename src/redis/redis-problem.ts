/** Why a Redis that answers cannot be used. */
export interface RedisProblem {
  /** What is denied, in a few words. */
  readonly summary: string;
  /** What the operator can do about it. */
  readonly remedy: string;
  /** Whether stored jobs can still be processed, which frees memory. */
  readonly allowsWork: boolean;
}
