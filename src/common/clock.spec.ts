import { describe, expect, it } from 'vitest';
import { Clock, type Timer, VirtualClock } from '../testing/index.js';
import { SystemClock } from './system-clock.js';

const HOUR_MS = 3_600_000;

/** A clock that an app may have in its tests: it has only the wall time. */
class WallClock extends Clock {
  nowMs = 1_000;

  now(): number {
    return this.nowMs;
  }

  setTimer(): Timer {
    return { cancel: () => undefined };
  }
}

describe('The monotonic time', () => {
  it('of a clock that has only a wall time moves on with that, and never back', () => {
    const clock = new WallClock();
    const startMs = clock.monotonicMs();
    clock.nowMs += 400;
    expect(clock.monotonicMs() - startMs).toBe(400);
    clock.nowMs -= HOUR_MS;
    expect(clock.monotonicMs() - startMs).toBe(400);
    clock.nowMs += 100;
    expect(clock.monotonicMs() - startMs).toBe(500);
  });

  it.each([HOUR_MS, -HOUR_MS])(
    'of a virtual clock ignores steps of the wall time: %d ms',
    (step) => {
      const clock = new VirtualClock(5_000);
      const fired: number[] = [];
      clock.setTimer(() => fired.push(clock.monotonicMs()), 100);
      clock.stepWall(step);
      expect(clock.now()).toBe(5_000 + step);
      expect(fired).toEqual([]);
      clock.advance(100);
      expect(fired).toEqual([5_100]);
      expect(clock.now()).toBe(5_100 + step);
    },
  );

  it('of the system clock is not that of the day', () => {
    expect(new SystemClock().monotonicMs()).toBeLessThan(Date.now() / 2);
  });
});
