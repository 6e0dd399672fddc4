import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/virtual-clock.js';
import { ConnectionPace } from './delivery-concurrency.js';

describe('ConnectionPace', () => {
  describe('while nothing has succeeded', () => {
    it('opens one connection, and no other while that is at work', () => {
      const { clock, pace } = createPace(40);
      expect(pace.take()).toBe(0);
      expect(pace.take()).toBeUndefined();
      clock.advance(60_000);
      expect(pace.take()).toBeUndefined();
    });

    it('uses the one that is free again', () => {
      const { pace } = createPace(40);
      for (let time = 0; time < 5; time++) {
        expect(pace.take()).toBe(0);
        pace.release(true);
      }
    });

    it('opens another one two seconds after one that broke', () => {
      const { clock, pace } = createPace(40);
      pace.take();
      clock.advance(500);
      pace.release(false);
      expect(pace.take()).toBe(1_500);
      clock.advance(1_499);
      expect(pace.take()).toBe(1);
      clock.advance(1);
      expect(pace.take()).toBe(0);
    });
  });

  describe('after a success', () => {
    it('opens ten connections in half a second', () => {
      const { clock, pace } = createPace(40);
      warmUp(pace);
      clock.advance(2_000);
      expect(takeMany(pace, 12)).toEqual([...zeros(11), 500]);
      clock.advance(499);
      expect(pace.take()).toBe(1);
      clock.advance(1);
      expect(takeMany(pace, 11)).toEqual([...zeros(10), 500]);
    });

    it('counts those that were opened at different times', () => {
      const { clock, pace } = createPace(40);
      warmUp(pace);
      clock.advance(2_000);
      // The free one is used first.
      expect(takeMany(pace, 6)).toEqual(zeros(6));
      clock.advance(200);
      expect(takeMany(pace, 6)).toEqual([...zeros(5), 300]);
      clock.advance(300);
      expect(takeMany(pace, 6)).toEqual([...zeros(5), 200]);
    });

    it('opens no more than there may be', () => {
      const { clock, pace } = createPace(3);
      warmUp(pace);
      clock.advance(2_000);
      expect(takeMany(pace, 4)).toEqual([0, 0, 0, undefined]);
      pace.release(true);
      expect(takeMany(pace, 2)).toEqual([0, undefined]);
    });

    it('is slow again when nothing has succeeded for ten seconds', () => {
      const { clock, pace } = createPace(40);
      warmUp(pace);
      expect(pace.take()).toBe(0);
      clock.advance(9_999);
      expect(pace.take()).toBe(0);
      clock.advance(1);
      expect(pace.take()).toBeUndefined();
      pace.succeed();
      expect(pace.take()).toBe(0);
    });

    it('uses all free connections even then', () => {
      const { clock, pace } = createPace(40);
      warmUp(pace);
      clock.advance(2_000);
      takeMany(pace, 3);
      for (let freed = 0; freed < 3; freed++) pace.release(true);
      clock.advance(20_000);
      expect(takeMany(pace, 4)).toEqual([0, 0, 0, undefined]);
    });
  });

  it('does not use a connection that was free for 60 seconds', () => {
    const { clock, pace } = createPace(40);
    warmUp(pace);
    clock.advance(59_999);
    expect(takeMany(pace, 2)).toEqual([0, undefined]);
    pace.release(true);
    clock.advance(60_000);
    // Nothing is left of the old one, so that a new one is opened.
    expect(takeMany(pace, 2)).toEqual([0, undefined]);
    pace.release(false);
    expect(pace.take()).toBe(2_000);
  });

  it('does not use a connection that broke', () => {
    const { clock, pace } = createPace(2);
    warmUp(pace);
    clock.advance(2_000);
    takeMany(pace, 2);
    pace.release(false);
    pace.release(true);
    expect(takeMany(pace, 3)).toEqual([0, 0, undefined]);
  });
});

function createPace(max: number): { clock: VirtualClock; pace: ConnectionPace } {
  const clock = new VirtualClock();
  return { clock, pace: new ConnectionPace(clock, max) };
}

/** Lets a first delivery succeed; its connection is free then. */
function warmUp(pace: ConnectionPace): void {
  pace.take();
  pace.succeed();
  pace.release(true);
}

function takeMany(pace: ConnectionPace, times: number): Array<number | undefined> {
  return Array.from({ length: times }, () => pace.take());
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
