import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, Timer } from './clock.js';
import { afterPollPhase, setDeadline } from './deadline.js';

/** A wait that has a deadline. */
interface Wait {
  isOver: boolean;
  timer: Timer | undefined;
  readonly dueAtMs: number;
  readonly end: () => void;
}

/**
 * Bounds how long is waited for work, most of which is done at once. So a timer is set only for what is
 * not done by the end of the turn of the event loop in which it began: setting one for each update, and
 * cancelling it, would cost more than most else that is done with it.
 */
export class Timeouts {
  /** Runs what belongs to no request of the app, though one has set it going. */
  readonly #outsideRequests = AsyncLocalStorage.snapshot();
  readonly #clock: Clock;
  #begun: Wait[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Settles as `work` does, or as `late` says when that takes longer than `timeoutMs`, in which the
   * process ran.
   *
   * @param late What the wait comes to then; it rejects with what this throws.
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
