import type { Clock } from './clock.js';

/**
 * Ids that are known for as long as is promised, and for twice as long at most: they come in by the
 * thousand, and to know of each when it is to be forgotten would take more room than they do.
 */
export class DedupSet {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  #young = new Set<string>();
  /** Those that were young before. */
  #old = new Set<string>();
  #ageAtMs: number;

  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
    this.#ageAtMs = clock.monotonicMs() + lifeMs;
  }

  /** Remembers an id; false when it was known. */
  add(id: string): boolean {
    this.#age();
    if (this.#old.has(id)) return false;
    const { size } = this.#young;
    return this.#young.add(id).size > size;
  }

  #age(): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs < this.#ageAtMs) return;
    const areYoungRecent = nowMs < this.#ageAtMs + this.#lifeMs;
    this.#old = areYoungRecent ? this.#young : new Set();
    this.#young = new Set();
    // Counted from when they should have aged, or the old would live for a third life.
    this.#ageAtMs = this.#lifeMs + (areYoungRecent ? this.#ageAtMs : nowMs);
  }
}
