/** How long to wait after the first, second, … failure in a row; the last one stands for all after it. */
const DELAYS_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** A wait that grows while something keeps failing. */
export class Backoff {
  readonly #delaysMs: readonly number[];
  #failures = 0;

  constructor(delaysMs = DELAYS_MS) {
    this.#delaysMs = delaysMs;
  }

  /** The wait for somebody who counts failures elsewhere: `failures` were before this one. */
  static delayAfter(failures: number, delaysMs = DELAYS_MS): number {
    return delaysMs[failures] ?? delaysMs.at(-1) ?? 0;
  }

  /** The wait after one more failure. */
  nextMs(): number {
    const delayMs = Backoff.delayAfter(this.#failures, this.#delaysMs);
    this.#failures += 1;
    return delayMs;
  }

  /** Whether it has failed since it last worked. */
  get isGrowing(): boolean {
    return this.#failures > 0;
  }

  /** Whether it has failed since it last worked; either way it works now. */
  reset(): boolean {
    const hadFailed = this.#failures > 0;
    this.#failures = 0;
    return hadFailed;
  }
}
