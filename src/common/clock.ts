/** A timer that {@link Clock.setTimer} started. */
export interface Timer {
  /** Stops the timer; does nothing when it has already fired. */
  cancel(): void;
  /** Lets the process end before it fires. Optional for clocks that use no timers of Node. */
  unref?(): void;
}

/**
 * The time that retries, pauses and rate limits are measured with.
 *
 * Also the injection token. The module uses `SystemClock`; a test may put a clock of its own
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

  /** The wall time that people see, in milliseconds since the Unix epoch. It may be set back or forward. */
  abstract now(): number;

  /**
   * Milliseconds since some moment in the past, by a clock that is never set; durations are measured with it.
   * By default it sums up the forward steps of {@link now}, so a clock of your own may leave it out, unless its
   * wall time is set forward.
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
