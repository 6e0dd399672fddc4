import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/virtual-clock.js';
import { DeliveryConcurrency } from './delivery-concurrency.js';

describe('DeliveryConcurrency', () => {
  describe('while nothing has succeeded', () => {
    it('opens one connection, and no other while that is at work', () => {
      const { clock, concurrency } = createConcurrency(40);
      expect(concurrency.take()).toBe(0);
      expect(concurrency.take()).toBeUndefined();
      clock.advance(60_000);
      expect(concurrency.take()).toBeUndefined();
    });

    it('uses the one that is free again', () => {
      const { concurrency } = createConcurrency(40);
      for (let time = 0; time < 5; time++) {
        expect(concurrency.take()).toBe(0);
        concurrency.release(true);
      }
    });

    it('opens another one two seconds after one that broke', () => {
      const { clock, concurrency } = createConcurrency(40);
      concurrency.take();
      clock.advance(500);
      concurrency.release(false);
      expect(concurrency.take()).toBe(1_500);
      clock.advance(1_499);
      expect(concurrency.take()).toBe(1);
      clock.advance(1);
      expect(concurrency.take()).toBe(0);
    });
  });

  describe('after a success', () => {
    it('opens ten connections in half a second', () => {
      const { clock, concurrency } = createConcurrency(40);
      warmUp(concurrency);
      clock.advance(2_000);
      expect(takeMany(concurrency, 12)).toEqual([...zeros(11), 500]);
      clock.advance(499);
      expect(concurrency.take()).toBe(1);
      clock.advance(1);
      expect(takeMany(concurrency, 11)).toEqual([...zeros(10), 500]);
    });

    it('counts those that were opened at different times', () => {
      const { clock, concurrency } = createConcurrency(40);
      warmUp(concurrency);
      clock.advance(2_000);
      // The free one is used first.
      expect(takeMany(concurrency, 6)).toEqual(zeros(6));
      clock.advance(200);
      expect(takeMany(concurrency, 6)).toEqual([...zeros(5), 300]);
      clock.advance(300);
      expect(takeMany(concurrency, 6)).toEqual([...zeros(5), 200]);
    });

    it('opens no more than there may be', () => {
      const { clock, concurrency } = createConcurrency(3);
      warmUp(concurrency);
      clock.advance(2_000);
      expect(takeMany(concurrency, 4)).toEqual([0, 0, 0, undefined]);
      concurrency.release(true);
      expect(takeMany(concurrency, 2)).toEqual([0, undefined]);
    });

    it('is slow again when nothing has succeeded for ten seconds', () => {
      const { clock, concurrency } = createConcurrency(40);
      warmUp(concurrency);
      expect(concurrency.take()).toBe(0);
      clock.advance(9_999);
      expect(concurrency.take()).toBe(0);
      clock.advance(1);
      expect(concurrency.take()).toBeUndefined();
      concurrency.succeed();
      expect(concurrency.take()).toBe(0);
    });

    it('uses all free connections even then', () => {
      const { clock, concurrency } = createConcurrency(40);
      warmUp(concurrency);
      clock.advance(2_000);
      takeMany(concurrency, 3);
      for (let freed = 0; freed < 3; freed++) concurrency.release(true);
      clock.advance(20_000);
      expect(takeMany(concurrency, 4)).toEqual([0, 0, 0, undefined]);
    });
  });

  it('does not use a connection that was free for 60 seconds', () => {
    const { clock, concurrency } = createConcurrency(40);
    warmUp(concurrency);
    clock.advance(59_999);
    expect(takeMany(concurrency, 2)).toEqual([0, undefined]);
    concurrency.release(true);
    clock.advance(60_000);
    // Nothing is left of the old one, so that a new one is opened.
    expect(takeMany(concurrency, 2)).toEqual([0, undefined]);
    concurrency.release(false);
    expect(concurrency.take()).toBe(2_000);
  });

  it('does not use a connection that broke', () => {
    const { clock, concurrency } = createConcurrency(2);
    warmUp(concurrency);
    clock.advance(2_000);
    takeMany(concurrency, 2);
    concurrency.release(false);
    concurrency.release(true);
    expect(takeMany(concurrency, 3)).toEqual([0, 0, undefined]);
  });
});

function createConcurrency(max: number): { clock: VirtualClock; concurrency: DeliveryConcurrency } {
  const clock = new VirtualClock();
  return { clock, concurrency: new DeliveryConcurrency(clock, max) };
}

/** Lets a first delivery succeed; its connection is free then. */
function warmUp(concurrency: DeliveryConcurrency): void {
  concurrency.take();
  concurrency.succeed();
  concurrency.release(true);
}

function takeMany(concurrency: DeliveryConcurrency, times: number): Array<number | undefined> {
  return Array.from({ length: times }, () => concurrency.take());
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
