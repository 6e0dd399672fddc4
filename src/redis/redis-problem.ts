import type { Problem } from '../common/problem.js';

/** Why a Redis that answers cannot be used. */
export interface RedisProblem {
  /** What is denied, in a few words. */
  readonly summary: string;
  /** What the operator can do about it. */
  readonly remedy: string;
  /** Whether stored jobs can still be processed, which frees memory. */
  readonly allowsWork: boolean;
}

/** The problem in sentences. */
export function wordsOfRedisProblem({ summary, remedy, allowsWork }: RedisProblem): Problem {
  const consequence = allowsWork
    ? 'What waits is processed, but nothing new is accepted until there is room'
    : 'Nothing is accepted or processed until this is fixed';
  return {
    finding: `Redis denies what the desk needs: ${summary}`,
    why: `${consequence}; then the desk continues by itself`,
    remedy,
  };
}
