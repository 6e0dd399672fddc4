import { SystemClock } from '../../src/testing/index.js';

/** Whoever waits for longer waits for something that a test lets pass. */
const LONG_MS = 5_000;

interface WaitingTimer {
  readonly dueMs: number;
  readonly delayMs: number;
  readonly fire: () => void;
}

/** A clock that goes by itself, and that a test sets forward with all that waits for it. */
export class TravelClock extends SystemClock {
  readonly #waiting = new Set<WaitingTimer>();
  #wallAheadMs: number;
  #aheadMs = 0;

  constructor(now: string) {
    super();
    this.#wallAheadMs = Date.parse(now) - Date.now();
  }

  /** How many wait for something that is far. */
  get longWaits(): number {
    return [...this.#waiting].filter(({ delayMs }) => delayMs > LONG_MS).length;
  }

  override now(): number {
    return Date.now() + this.#wallAheadMs;
  }

  override monotonicMs(): number {
    return performance.now() + this.#aheadMs;
  }

  /** Lets time pass. */
  travel(ms: number): void {
    this.#aheadMs += ms;
    this.stepWall(ms);
    for (const timer of this.#waiting) if (timer.dueMs <= this.monotonicMs()) timer.fire();
  }

  /** Sets what people see, and nothing else. */
  stepWall(ms: number): void {
    this.#wallAheadMs += ms;
  }

  override setTimer(callback: () => void, delayMs: number) {
    const fire = (): void => {
      timer.cancel();
      this.#waiting.delete(waiting);
      callback();
    };
    const waiting = { dueMs: this.monotonicMs() + delayMs, delayMs, fire };
    this.#waiting.add(waiting);
    const timer = super.setTimer(fire, delayMs);
    return {
      cancel: () => {
        this.#waiting.delete(waiting);
        timer.cancel();
      },
      unref: () => timer.unref?.(),
    };
  }
}
