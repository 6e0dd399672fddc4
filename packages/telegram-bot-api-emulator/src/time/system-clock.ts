import type { Clock, Timer } from './clock.js';

/** Node fires a timer at once that is to run longer than this. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The machine's own clock. A timer of more than 24 days fires after 24 days.
 *
 * @publicApi
 */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonicMs(): number {
    return performance.now();
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const handle = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    return { cancel: () => clearTimeout(handle), unref: () => handle.unref() };
  }
}
