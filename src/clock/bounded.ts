import type { Clock } from './clock.js';

/** How long is waited, and what then. */
export interface Bound<T> {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** What the wait comes to when it is too long; it rejects with what this throws. */
  readonly late: () => T;
}

/** Settles as `work` does, or as the bound says when that takes longer. */
export function bounded<T>(work: Promise<T>, { clock, timeoutMs, late }: Bound<T>): Promise<T> {
  // Without Promise.race, which takes several promises more: each update is waited for like this.
  return new Promise<T>((resolve, reject) => {
    const timer = clock.setTimer(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, timeoutMs);
    const first =
      <V>(settle: (outcome: V) => void) =>
      (outcome: V): void => {
        timer.cancel();
        settle(outcome);
      };
    work.then(first(resolve), first(reject));
  });
}
