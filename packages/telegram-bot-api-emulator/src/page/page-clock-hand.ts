import type { Clock } from '../time/clock.js';
import { VirtualClock } from '../time/virtual-clock.js';
import { PageError } from './page.error.js';
import type { PageClock } from './page-protocol.js';

/** The emulator's clock as the page shows and moves it. */
export class PageClockHand {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  view(): PageClock {
    const kind = this.#clock instanceof VirtualClock ? 'virtual' : 'machine';
    return { kind, now: this.#clock.now() };
  }

  /** Calls `listener` whenever a virtual clock was moved; returns what ends it. */
  subscribe(listener: () => void): () => void {
    return this.#clock instanceof VirtualClock ? this.#clock.subscribe(listener) : () => undefined;
  }

  /** @throws {@link PageError} When the clock is the machine's own. */
  advance(byMs: number): void {
    this.#require().advance(byMs);
  }

  /** @throws {@link PageError} When the clock is the machine's own. */
  step(byMs: number): void {
    this.#require().stepWall(byMs);
  }

  #require(): VirtualClock {
    if (this.#clock instanceof VirtualClock) return this.#clock;
    throw new PageError(
      400,
      "The clock is the machine's own, which nobody moves here; start the emulator with a VirtualClock",
    );
  }
}
