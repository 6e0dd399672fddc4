import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, Timer } from './clock.js';
import { afterPollPhase, setDeadline } from './deadline.js';

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
    return new Promise<T>((resolve, reject) => {
      const end = (): void => {
        if (wait.isOver) return;
        try {
          resolve(late());
        } catch (error) {
          reject(error);
        }
      };
      const dueAtMs = this.#clock.monotonicMs() + timeoutMs;
      const wait: Wait = { isOver: false, timer: undefined, dueAtMs, end };
      if (this.#begun.push(wait) === 1) {
        this.#outsideRequests(setImmediate, () => this.#setTimers());
      }
      const first =
        <V>(settle: (outcome: V) => void) =>
        (outcome: V): void => {
          wait.isOver = true;
          wait.timer?.cancel();
          settle(outcome);
        };
      work.then(first(resolve), first(reject));
    });
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
