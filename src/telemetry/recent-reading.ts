import type { Clock } from '../common/clock.js';

/** Reads something anew at most once in a while, however often it is asked for. */
export class RecentReading<T> {
  #last: Promise<T> | undefined;
  #readAtMs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly read: () => Promise<T>,
  ) {}

  get(): Promise<T> {
    const nowMs = this.clock.monotonicMs();
    if (!this.#last || nowMs - this.#readAtMs >= this.everyMs) {
      this.#last = this.read();
      this.#readAtMs = nowMs;
    }
    return this.#last;
  }
}
