import type { Timer } from './clock.js';
import { settleInTime } from './deadline.js';
import { SystemClock } from './system-clock.js';

/** How long the first caller waits. */
const FIRST_WAIT_MS = 300;

/**
 * The result of work that goes on in the background, for a caller that serves all threads: it waits a moment for the result
 * when it asks first, and asks again later.
 */
export class BackgroundResult<T> {
  #result: T | undefined;
  #isAsked = false;
  readonly #kept: Promise<unknown>;

  /** @param work Never rejects. */
  constructor(work: Promise<T>) {
    this.#kept = this.#keep(work);
  }

  /** The result; undefined while the work goes on. */
  async ready(): Promise<T | undefined> {
    if (this.#result !== undefined || this.#isAsked) return this.#result;
    this.#isAsked = true;
    await settleInTime<unknown>(this.#kept, () => undefined, startTimeout);
    return this.#result;
  }

  async #keep(work: Promise<T>): Promise<void> {
    this.#result = await work;
  }
}

/** By the time of the system, because the caller waits for nothing else meanwhile. */
function startTimeout(onPassed: () => void): Timer {
  return new SystemClock().setTimer(onPassed, FIRST_WAIT_MS);
}
