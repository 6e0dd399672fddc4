import type { Clock, Timer } from '../common/clock.js';
import { FileSourceError } from './file-source.error.js';

/** How long a source may take for its first or next byte, and in all. */
const IDLE_MS = 20_000;
const TOTAL_MS = 120_000;

/** Ends one try to load a file when its source is too slow, or when nobody needs the file any more. */
export class LoadDeadline {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #parent: AbortSignal;
  readonly #startedAtMs: number;
  #progressAtMs: number;
  #timer: Timer;

  constructor(clock: Clock, parent: AbortSignal) {
    this.#clock = clock;
    this.#parent = parent;
    this.#startedAtMs = clock.monotonicMs();
    this.#progressAtMs = this.#startedAtMs;
    this.#timer = clock.setTimer(this.#check, IDLE_MS);
    if (parent.aborted) this.#abort();
    else parent.addEventListener('abort', this.#abort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Call it with each chunk that arrives. */
  readonly progress = (): void => {
    this.#progressAtMs = this.#clock.monotonicMs();
  };

  /** Settles as `work` does, unless the deadline passes before. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const abort = (): void => reject(this.signal.reason);
      if (this.signal.aborted) abort();
      else this.signal.addEventListener('abort', abort, { once: true });
      work.then(resolve, (error: unknown) => {
        // What is aborted fails with an error of its own.
        reject(this.signal.aborted ? this.signal.reason : error);
      });
    });
  }

  /** Stops the timer. */
  end(): void {
    this.#timer.cancel();
    this.#parent.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#controller.abort(this.#parent.reason);

  /** One timer for both limits, so that no chunk costs one. */
  readonly #check = (): void => {
    const nowMs = this.#clock.monotonicMs();
    const leftMs = Math.min(
      this.#progressAtMs + IDLE_MS - nowMs,
      this.#startedAtMs + TOTAL_MS - nowMs,
    );
    if (leftMs > 0) this.#timer = this.#clock.setTimer(this.#check, leftMs);
    else this.#controller.abort(new FileSourceError('it did not arrive in time'));
  };
}
