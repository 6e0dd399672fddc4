import type { Clock, Timer } from './clock.js';

interface PendingTimer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/**
 * A clock that stands still until a test moves it.
 *
 * @publicApi
 *
 * @example
 * const clock = new VirtualClock();
 * clock.setTimer(() => console.log('a minute later'), 60_000);
 * clock.stepWall(-3_600_000); // somebody sets the clock back: no timer minds
 * clock.advance(60_000);
 */
export class VirtualClock implements Clock {
  readonly #timers = new Set<PendingTimer>();
  readonly #listeners = new Set<() => void>();
  #monotonicMs: number;
  /** How far the wall time has been set forward. */
  #wallStepMs = 0;

  /** @param startMs Milliseconds since the Unix epoch; the real time of the call by default. */
  constructor(startMs = Date.now()) {
    this.#monotonicMs = startMs;
  }

  now(): number {
    return this.#monotonicMs + this.#wallStepMs;
  }

  /** The start and what {@link advance} has added to it. */
  monotonicMs(): number {
    return this.#monotonicMs;
  }

  /** How many timers wait to fire. */
  get pending(): number {
    return this.#timers.size;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const timer = { dueMs: this.#monotonicMs + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  /** Moves the time forward by `durationMs`, firing in order each timer that falls due. */
  advance(durationMs: number): void {
    const targetMs = this.#monotonicMs + durationMs;
    for (let next = this.#earliest(); next && next.dueMs <= targetMs; next = this.#earliest()) {
      this.#timers.delete(next);
      this.#monotonicMs = next.dueMs;
      next.callback();
    }
    this.#monotonicMs = targetMs;
    this.#moved();
  }

  /** Sets the wall time forward or, with less than 0, back, as an operator or NTP does: no time passes. */
  stepWall(byMs: number): void {
    this.#wallStepMs += byMs;
    this.#moved();
  }

  /** Moves the time forward to the timer that is due next, and fires it; does nothing without one. */
  advanceToNext(): void {
    const next = this.#earliest();
    if (next) this.advance(next.dueMs - this.#monotonicMs);
  }

  /** Calls `listener` whenever the time was moved; returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #moved(): void {
    for (const listener of this.#listeners) listener();
  }

  #earliest(): PendingTimer | undefined {
    let earliest: PendingTimer | undefined;
    for (const timer of this.#timers) {
      if (!earliest || timer.dueMs < earliest.dueMs) earliest = timer;
    }
    return earliest;
  }
}
