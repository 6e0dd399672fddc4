const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** Growing waits with jitter, so that the browsers of a server that was restarted do not come at once. */
export class Backoff {
  #failures = 0;

  /** @param random From 0 to 1. Half of each wait is left to it. */
  next(atLeastMs = 0, random = Math.random()): number {
    const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures++);
    return Math.max(atLeastMs, full * (0.5 + random / 2));
  }

  reset(): void {
    this.#failures = 0;
  }
}
