import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, Timer } from './clock.js';
import { afterPollPhase, setDeadline, settleInTime } from './deadline.js';

/** One call of {@link Timeouts.race}. */
interface Wait {
  isOver: boolean;
  timer: Timer | undefined;
  readonly dueAtMs: number;
  readonly end: () => void;
}

/**
 * Limits the wait for work, most of which is done at once. A timer is set only if the work is not done by the end
 * of the turn of the event loop, because setting and cancelling one for each update would cost more than most of
 * the other work on it.
 */
export class Timeouts {
  /** Runs a function outside the async context of the app's request that caused it. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #clock: Clock;
  #begun: Wait[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Settles as `work` does, or with the result of `late` when that takes longer than `timeoutMs`. Time in which
   * the process did not run does not count.
   *
   * @param late Returns the value to resolve with; what it throws rejects.
   */
  race<T>(work: Promise<T>, timeoutMs: number, late: () => T): Promise<T> {
    return settleInTime(work, late, (onPassed) => this.#start(timeoutMs, onPassed));
  }

  #start(timeoutMs: number, onPassed: () => void): Timer {
    const dueAtMs = this.#clock.monotonicMs() + timeoutMs;
    const end = (): void => {
      if (!wait.isOver) onPassed();
    };
    const wait: Wait = { isOver: false, timer: undefined, dueAtMs, end };
    if (this.#begun.push(wait) === 1) {
      this.#outsideRequests(setImmediate, () => this.#setTimers());
    }
    return {
      cancel: () => {
        wait.isOver = true;
        wait.timer?.cancel();
      },
    };
  }

  #setTimers(): void {
    const waits = this.#begun;
    this.#begun = [];
    const nowMs = this.#clock.monotonicMs();
    for (const wait of waits) {
      if (wait.isOver) continue;
      if (wait.dueAtMs <= nowMs) afterPollPhase(wait.end);
      else wait.timer = setDeadline(this.#clock, wait.dueAtMs - nowMs, wait.end);
    }
  }
}
