import { setImmediate as macrotask } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../testing/index.js';
import { Timeouts } from './timeouts.js';

const TIMEOUT_MS = 1_000;

function tooLate(): never {
  throw new Error('too late');
}

/** Work that the test ends. */
class Work {
  resolve: (value: string) => void = () => undefined;
  reject: (error: Error) => void = () => undefined;
  readonly promise = new Promise<string>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

describe('Timeouts', () => {
  it('settles as the work does', async () => {
    const deadlines = new Timeouts(new VirtualClock(0));
    expect(await deadlines.race(Promise.resolve('done'), TIMEOUT_MS, tooLate)).toBe('done');
    const failed = Promise.reject(new Error('failed'));
    await expect(deadlines.race(failed, TIMEOUT_MS, tooLate)).rejects.toThrow('failed');
  });

  it('sets no timer for what is done in the turn in which it began', async () => {
    const clock = new VirtualClock(0);
    const deadlines = new Timeouts(clock);
    const works = [new Work(), new Work()];
    const waits = works.map(({ promise }) => deadlines.race(promise, TIMEOUT_MS, tooLate));
    works[0]?.resolve('one');
    await waits[0];
    expect(clock.pending).toBe(0);
    await macrotask();
    expect(clock.pending).toBe(1);
    works[1]?.resolve('two');
    expect(await waits[1]).toBe('two');
    expect(clock.pending).toBe(0);
  });

  it('sets none for what fails then', async () => {
    const clock = new VirtualClock(0);
    const work = new Work();
    const wait = new Timeouts(clock).race(work.promise, TIMEOUT_MS, tooLate);
    work.reject(new Error('failed'));
    await expect(wait).rejects.toThrow('failed');
    await macrotask();
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['after the turn', true],
    ['within the turn', false],
  ])('counts from when the work began, when the time passes %s', async (_when, isAfter) => {
    const clock = new VirtualClock(0);
    const wait = new Timeouts(clock).race(new Work().promise, TIMEOUT_MS, () => 'late');
    if (isAfter) await macrotask();
    clock.advance(400);
    await macrotask();
    clock.advance(599);
    let isOver = false;
    void wait.then(() => (isOver = true));
    await macrotask();
    expect(isOver).toBe(false);
    clock.advance(1);
    expect(await wait).toBe('late');
  });

  it('ends a wait at once that is over before its timer is set', async () => {
    const clock = new VirtualClock(0);
    const wait = new Timeouts(clock).race(new Work().promise, TIMEOUT_MS, () => 'late');
    clock.advance(TIMEOUT_MS);
    expect(await wait).toBe('late');
  });

  it('rejects with what is thrown when it is too late, and then no more', async () => {
    const clock = new VirtualClock(0);
    const work = new Work();
    const wait = new Timeouts(clock).race(work.promise, TIMEOUT_MS, tooLate);
    await macrotask();
    clock.advance(TIMEOUT_MS);
    await expect(wait).rejects.toThrow('too late');
    work.reject(new Error('nobody waits for it'));
    await macrotask();
  });
});
