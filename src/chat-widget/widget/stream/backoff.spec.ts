import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.js';

describe('Backoff', () => {
  it('doubles up to half a minute, and leaves half of each wait to chance', () => {
    const least = new Backoff();
    const most = new Backoff();
    const waits = [1, 2, 3, 4, 5, 6, 7].map(() => [least.next(0, 0), most.next(0, 1)]);
    expect(waits).toEqual([
      [500, 1000],
      [1000, 2000],
      [2000, 4000],
      [4000, 8000],
      [8000, 16_000],
      [15_000, 30_000],
      [15_000, 30_000],
    ]);
  });

  it('is never below what the server wants', () => {
    expect(new Backoff().next(12_000, 0)).toBe(12_000);
  });

  it('begins anew after a success', () => {
    const backoff = new Backoff();
    backoff.next();
    backoff.reset();
    expect(backoff.next(0, 1)).toBe(1000);
  });
});
