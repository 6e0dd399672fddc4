import { AsyncLocalStorage } from 'node:async_hooks';
import { Clock, type Timer } from './clock.js';

/** Node fires a timer at once if its delay is longer than this. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's own clock. A timer of more than 24 days fires after 24 days. */
export class SystemClock extends Clock {
  /** Runs a function outside the async context of the app's request that caused it. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();

  now(): number {
    return Date.now();
  }

  override monotonicMs(): number {
    return performance.now();
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const delay = Math.min(delayMs, LONGEST_TIMER_MS);
    const handle = this.#outsideRequests(() => setTimeout(callback, delay));
    return { cancel: () => clearTimeout(handle), unref: () => handle.unref() };
  }
}
