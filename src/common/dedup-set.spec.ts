import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../testing/index.js';
import { DedupSet } from './dedup-set.js';

const LIFE_MS = 1_000;

describe('DedupSet', () => {
  it('knows an id for its life, whenever it came', () => {
    for (const cameAtMs of [0, 1, 500, 999, 1_000, 1_001]) {
      const clock = new VirtualClock(0);
      const ids = new DedupSet(clock, LIFE_MS);
      clock.advance(cameAtMs);
      expect(ids.add('one')).toBe(true);
      expect(ids.add('one')).toBe(false);
      clock.advance(LIFE_MS - 1);
      expect(ids.add('one')).toBe(false);
    }
  });

  it('has forgotten it after twice its life, whether it was asked for others meanwhile or not', () => {
    for (const steps of [1, 2, 4, 2_000]) {
      const clock = new VirtualClock(0);
      const ids = new DedupSet(clock, LIFE_MS);
      ids.add('one');
      for (let i = 0; i < steps; i += 1) {
        clock.advance((2 * LIFE_MS) / steps);
        ids.add('another');
      }
      expect(ids.add('one')).toBe(true);
    }
  });

  it('has forgotten it after twice its life, whenever it was asked for another one before', () => {
    for (const askedAtMs of [0, 1, 999, 1_000, 1_001, 1_500, 1_999]) {
      const clock = new VirtualClock(0);
      const ids = new DedupSet(clock, LIFE_MS);
      ids.add('one');
      clock.advance(askedAtMs);
      ids.add('another');
      clock.advance(2 * LIFE_MS - askedAtMs);
      expect(ids.add('one')).toBe(true);
      clock.advance(LIFE_MS - 1);
      expect(ids.add('one')).toBe(false);
    }
  });

  it('distinguishes ids', () => {
    const ids = new DedupSet(new VirtualClock(0), LIFE_MS);
    expect([ids.add('1'), ids.add('11'), ids.add('1'), ids.add('')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});
