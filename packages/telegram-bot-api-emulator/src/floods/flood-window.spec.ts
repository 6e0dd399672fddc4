import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../time/virtual-clock.js';
import { FloodWindow } from './flood-window.js';

const LIMIT = { messages: 3, windowMs: 1_000 };

describe('FloodWindow', () => {
  it('takes as many messages as its limit says, at whatever time they come', () => {
    const clock = new VirtualClock();
    const window = new FloodWindow(clock, LIMIT);
    for (const delayMs of [0, 300, 699]) {
      clock.advance(delayMs);
      expect(window.waitFor('a', 1)).toBe(0);
      window.add('a', 1);
    }
    expect(window.waitFor('a', 1)).toBe(1);
    clock.advance(1);
    expect(window.waitFor('a', 1)).toBe(0);
  });

  it('counts down to the moment at which the oldest message leaves', () => {
    const clock = new VirtualClock();
    const window = new FloodWindow(clock, LIMIT);
    window.add('a', 1);
    clock.advance(100);
    window.add('a', 2);
    const waits: number[] = [];
    for (const delayMs of [0, 400, 499]) {
      clock.advance(delayMs);
      waits.push(window.waitFor('a', 1));
    }
    expect(waits).toEqual([900, 500, 1]);
  });

  it.each([
    [1, 0],
    [2, 400],
    [3, 700],
    [4, 700],
    [99, 700],
  ])('lets %i messages wait until enough of those before have left', (count, waitMs) => {
    const clock = new VirtualClock();
    const window = new FloodWindow(clock, LIMIT);
    window.add('a', 1);
    clock.advance(300);
    window.add('a', 1);
    clock.advance(300);
    expect(window.waitFor('a', count)).toBe(waitMs);
  });

  it('takes more than its limit when it is empty, and is full then', () => {
    const clock = new VirtualClock();
    const window = new FloodWindow(clock, LIMIT);
    expect(window.waitFor('a', 5)).toBe(0);
    window.add('a', 5);
    expect(window.waitFor('a', 1)).toBe(1_000);
  });

  it('is changed by what was sent, not by who asks', () => {
    const window = new FloodWindow(new VirtualClock(), LIMIT);
    for (let asked = 0; asked < 10; asked++) window.waitFor('a', 1);
    expect(window.waitFor('a', 1)).toBe(0);
  });

  it('counts for each key alone', () => {
    const window = new FloodWindow(new VirtualClock(), LIMIT);
    window.add('a', 3);
    expect(window.waitFor('a', 1)).toBe(1_000);
    expect(window.waitFor('b', 3)).toBe(0);
  });
});
