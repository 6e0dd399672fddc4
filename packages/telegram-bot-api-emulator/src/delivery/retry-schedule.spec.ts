import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../common/seeded-random.js';
import { RetrySchedule } from './retry-schedule.js';

const FIRST = [0, 2, 4, 8, 16, 32];

describe('RetrySchedule', () => {
  it('waits not at all, then twice as long each time, then about a minute or two', () => {
    const schedule = new RetrySchedule(new SeededRandom(1));
    const waits = Array.from({ length: 200 }, () => schedule.next());
    expect(waits.slice(0, 6)).toEqual(FIRST);
    expect(waits[6]).toBeGreaterThanOrEqual(60);
    expect(waits[6]).toBeLessThanOrEqual(64);
    const later = waits.slice(7);
    expect([Math.min(...later), Math.max(...later)]).toEqual([60, 120]);
  });

  it('waits for 60 to 64 seconds after the seventh failure, whatever the seed', () => {
    const waits = Array.from({ length: 100 }, (_unused, seed) => {
      const schedule = new RetrySchedule(new SeededRandom(seed));
      return [...FIRST, 'the seventh'].map(() => schedule.next()).at(-1);
    });
    expect(new Set(waits)).toEqual(new Set([60, 61, 62, 63, 64]));
  });

  it('waits as long for the same seed', () => {
    const [one, same] = [5, 5].map((seed) => {
      const schedule = new RetrySchedule(new SeededRandom(seed));
      return Array.from({ length: 20 }, () => schedule.next());
    });
    expect(same).toEqual(one);
  });

  it.each([
    [1, 1],
    [7, 7],
    [3_600, 3_600],
    [3_601, 3_600],
    [1e9, 3_600],
  ])('waits the %i seconds that it is asked for, or %i', (asked, seconds) => {
    expect(new RetrySchedule(new SeededRandom(1)).next(asked)).toBe(seconds);
  });

  it('does not count as a failure what asks for a time', () => {
    const schedule = new RetrySchedule(new SeededRandom(1));
    const waits = [undefined, 9, undefined, 9, 9, undefined].map((asked) => schedule.next(asked));
    expect(waits).toEqual([0, 9, 2, 9, 9, 4]);
  });

  it('takes 0 for no time at all', () => {
    const schedule = new RetrySchedule(new SeededRandom(1));
    expect(FIRST.map(() => schedule.next(0))).toEqual(FIRST);
  });
});
