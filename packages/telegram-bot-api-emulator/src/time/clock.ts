/** A timer that {@link Clock.setTimer} started. */
export interface Timer {
  /** Stops the timer; does nothing when it has already fired. */
  cancel(): void;
  /** Lets the process end before it fires. A clock without timers of the process need not have it. */
  unref?(): void;
}

/**
 * The time that the emulator goes by: limits, retries of webhooks, long polling, dates of messages.
 *
 * {@link SystemClock} is the machine's own, {@link VirtualClock} one that a test moves.
 *
 * @publicApi
 */
export interface Clock {
  /** The wall time, in milliseconds since the Unix epoch. It may be set back or forward. */
  now(): number;
  /** Milliseconds since some moment in the past, by a clock that nobody sets: what durations are measured with. */
  monotonicMs(): number;
  /** Calls `callback` once, `delayMs` milliseconds from now. */
  setTimer(callback: () => void, delayMs: number): Timer;
}
