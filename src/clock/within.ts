import { bounded } from './bounded.js';
import { SystemClock } from './system.clock.js';

/** Settles as `work` does, or rejects when it has not done so after `timeoutMs` of real time. */
export function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = (): never => {
    throw new Error(`no answer within ${timeoutMs} ms`);
  };
  return bounded(work, { clock: new SystemClock(), timeoutMs, late });
}
