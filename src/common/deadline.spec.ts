import { setImmediate as macrotask } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Clock, type Timer, VirtualClock } from '../testing/index.js';
import { setDeadline } from './deadline.js';

const DURATION_MS = 1_000;

/** A clock on which timers are late, as after a stall of the process. */
class StalledClock extends Clock {
  readonly #clock = new VirtualClock(0);
  #stalledMs = 0;

  now(): number {
    return this.monotonicMs();
  }

  override monotonicMs(): number {
    return this.#clock.monotonicMs() + this.#stalledMs;
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    return this.#clock.setTimer(callback, delayMs);
  }

  advance(durationMs: number): void {
    this.#clock.advance(durationMs);
  }

  stall(durationMs: number): void {
    this.#stalledMs += durationMs;
  }
}

/** What the event loop has read is dealt with by then. */
const settle = async () => {
  for (let i = 0; i < 4; i += 1) await macrotask();
};

describe('A deadline', () => {
  const passedOn = (clock: Clock) => {
    const state = { isPassed: false };
    const timer = setDeadline(clock, DURATION_MS, () => (state.isPassed = true));
    return { state, timer };
  };

  it('passes after its time, and not before what has come in is read', async () => {
    const clock = new VirtualClock(0);
    const { state } = passedOn(clock);
    clock.advance(DURATION_MS - 1);
    await settle();
    expect(state.isPassed).toBe(false);
    clock.advance(1);
    await macrotask();
    expect(state.isPassed).toBe(false);
    await settle();
    expect(state.isPassed).toBe(true);
  });

  it.each([
    [5_000, DURATION_MS],
    [600, 600],
    [50, 200],
  ])('that is late by %d ms has %d ms more, once', async (lateMs, graceMs) => {
    const clock = new StalledClock();
    const { state } = passedOn(clock);
    clock.stall(lateMs);
    clock.advance(DURATION_MS);
    await settle();
    clock.advance(graceMs - 1);
    await settle();
    expect(state.isPassed).toBe(false);
    clock.stall(lateMs);
    clock.advance(1);
    await settle();
    expect(state.isPassed).toBe(true);
  });

  it.each([0, DURATION_MS])('that is cancelled after %d ms never passes', async (afterMs) => {
    const clock = new VirtualClock(0);
    const { state, timer } = passedOn(clock);
    clock.advance(afterMs);
    timer.cancel();
    clock.advance(DURATION_MS);
    await settle();
    expect(state.isPassed).toBe(false);
  });
});
