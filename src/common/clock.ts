/** A timer that {@link Clock.setTimer} started. */
export interface Timer {
  /** Stops the timer; does nothing when it has already fired. */
  cancel(): void;
  /** Lets the process end before it fires; a clock that has no timers of the process need not have it. */
  unref?(): void;
}

/**
 * The time that retries, pauses and rate limits are measured with.
 *
 * Also the injection token. The module uses {@link SystemClock}; a test may put a clock of its own
 * behind the token, such as the `VirtualClock` of `nestjs-telegram-support/testing`.
 *
 * @publicApi
 */
export abstract class Clock {
  /**
   * @internal How far {@link now} has moved forward. A private field would allow only subclasses as
   * clocks, and the emulator's `VirtualClock` is none.
   */
  forward?: { lastNowMs: number; elapsedMs: number };

  /** The wall time, in milliseconds since the Unix epoch: what people are shown. It may be set back or forward. */
  abstract now(): number;

  /**
   * Milliseconds since some moment in the past, by a clock that nobody sets: what durations are measured
   * with. By default it is what {@link now} has moved forward, so that a clock of your own need not have
   * it; one whose wall time is set forward should.
   */
  monotonicMs(): number {
    const nowMs = this.now();
    const { lastNowMs, elapsedMs } = this.forward ?? { lastNowMs: nowMs, elapsedMs: 0 };
    this.forward = { lastNowMs: nowMs, elapsedMs: elapsedMs + Math.max(0, nowMs - lastNowMs) };
    return this.forward.elapsedMs;
  }

  /** Calls `callback` once, `delayMs` milliseconds from now. */
  abstract setTimer(callback: () => void, delayMs: number): Timer;
}
