import type { Clock } from './clock.js';

/**
 * Remembers ids for at least `lifeMs` and at most 2 x `lifeMs`. Two rotating sets avoid a timestamp for each of
 * the thousands of ids.
 */
export class DedupSet {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  #current = new Set<string>();
  /** The ids of the period before. */
  #previous = new Set<string>();
  #rotateAtMs: number;

  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
    this.#rotateAtMs = clock.monotonicMs() + lifeMs;
  }

  /** Remembers an id; false when it was known. */
  add(id: string): boolean {
    this.#rotate();
    if (this.#previous.has(id)) return false;
    const { size } = this.#current;
    return this.#current.add(id).size > size;
  }

  #rotate(): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs < this.#rotateAtMs) return;
    const isCurrentRecent = nowMs < this.#rotateAtMs + this.#lifeMs;
    this.#previous = isCurrentRecent ? this.#current : new Set();
    this.#current = new Set();
    // Counted from when the rotation was due: counted from now, ids could live for 3 x `lifeMs`.
    this.#rotateAtMs = this.#lifeMs + (isCurrentRecent ? this.#rotateAtMs : nowMs);
  }
}
