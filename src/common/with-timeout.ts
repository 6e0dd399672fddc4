import type { Clock } from './clock.js';
import { setDeadline, settleInTime } from './deadline.js';
import { SystemClock } from './system-clock.js';

/**
 * Settles as `work` does, or rejects after `timeoutMs`. Time in which the process did not run does
 * not count.
 *
 * @param clock Real time by default.
 */
export function withTimeout<T>(
  work: Promise<T>,
  timeoutMs: number,
  clock: Clock = new SystemClock(),
): Promise<T> {
  const late = (): never => {
    throw new Error(`no answer within ${timeoutMs} ms`);
  };
  return settleInTime(work, late, (onPassed) => setDeadline(clock, timeoutMs, onPassed));
}
