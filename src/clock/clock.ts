/** A timer that {@link Clock.setTimer} started. */
export interface Timer {
  /** Stops the timer; does nothing when it has already fired. */
  cancel(): void;
}

/**
 * The time that retries, pauses and budgets are measured with.
 *
 * Also the injection token. The module uses {@link SystemClock}; a test may put a clock of its own
 * behind the token, such as the `VirtualClock` of `nestjs-telegram-support/testing`.
 *
 * @publicApi
 */
export abstract class Clock {
  /** Milliseconds since the Unix epoch. */
  abstract now(): number;

  /** Calls `callback` once, `delayMs` milliseconds from now. */
  abstract setTimer(callback: () => void, delayMs: number): Timer;
}
