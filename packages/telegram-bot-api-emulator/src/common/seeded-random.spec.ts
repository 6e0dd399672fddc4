import { describe, expect, it } from 'vitest';
import { SeededRandom } from './seeded-random.js';

describe('SeededRandom', () => {
  it.each([0, 1, 7, -1, 2 ** 32 + 7])('gives the same numbers for the seed %i', (seed) => {
    expect(draw(new SeededRandom(seed), 50)).toEqual(draw(new SeededRandom(seed), 50));
  });

  it('gives other numbers for another seed', () => {
    expect(draw(new SeededRandom(1), 5)).not.toEqual(draw(new SeededRandom(2), 5));
  });

  it('spreads its numbers evenly from 0 to less than 1', () => {
    const numbers = draw(new SeededRandom(1), 10_000);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const tenths = Array.from({ length: 10 }, (_unused, tenth) => {
      return numbers.filter((number) => Math.floor(number * 10) === tenth).length;
    });
    expect(Math.min(...tenths)).toBeGreaterThan(900);
    expect(Math.max(...tenths)).toBeLessThan(1_100);
  });

  it('gives whole numbers with both ends of a range', () => {
    const random = new SeededRandom(1);
    const numbers = Array.from({ length: 200 }, () => random.between(60, 64));
    expect(new Set(numbers)).toEqual(new Set([60, 61, 62, 63, 64]));
    expect(random.between(3, 3)).toBe(3);
  });
});

function draw(random: SeededRandom, count: number): number[] {
  return Array.from({ length: count }, () => random.next());
}
