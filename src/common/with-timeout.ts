import { setDeadline } from './deadline.js';
import { SystemClock } from './system-clock.js';

/**
 * Settles as `work` does, or rejects after `timeoutMs` of real time. Time in which the process did not run does
 * not count.
 */
export function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = (): void => reject(new Error(`no answer within ${timeoutMs} ms`));
    const deadline = setDeadline(new SystemClock(), timeoutMs, late);
    const first =
      <V>(settle: (outcome: V) => void) =>
      (outcome: V): void => {
        deadline.cancel();
        settle(outcome);
      };
    work.then(first(resolve), first(reject));
  });
}
