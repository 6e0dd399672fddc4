import { expect, it } from 'vitest';
import type { ThreadSchedule } from '../../src/storage/thread-schedule.js';

/** One implementation of the port, made afresh for each test. */
export interface ThreadScheduleDriver {
  create(): ThreadSchedule;
  /** Lets time pass for the store. */
  elapse(ms: number): Promise<void>;
}

/** What every {@link ThreadSchedule} promises. */
export function describeThreadSchedule(driver: ThreadScheduleDriver): void {
  const namesOf = async (schedule: ThreadSchedule, most = 10): Promise<string[]> =>
    (await schedule.next(most)).due.map(({ threadId }) => threadId);

  it('has nothing due when nothing was added', async () => {
    expect(await driver.create().next(10)).toEqual({ due: [], waitMs: null });
  });

  it('has threads due after their delays, the earliest first', async () => {
    const schedule = driver.create();
    expect(await schedule.add('late: ü {{x}}', 60_000)).toBe(true);
    expect(await schedule.add('early', 30_000.5)).toBe(false);
    expect(await namesOf(schedule)).toEqual([]);
    const { waitMs } = await schedule.next(10);
    expect(waitMs).toBeGreaterThan(20_000);
    expect(waitMs).toBeLessThanOrEqual(30_001);
    await driver.elapse(40_000);
    expect(await namesOf(schedule)).toEqual(['early']);
    expect((await schedule.next(10)).waitMs).toBeLessThanOrEqual(20_001);
    await driver.elapse(30_000);
    const due = await schedule.next(10);
    expect(due.due.map(({ threadId }) => threadId)).toEqual(['early', 'late: ü {{x}}']);
    expect(due.waitMs).toBeNull();
  });

  it('keeps the time of a thread that is added again', async () => {
    const schedule = driver.create();
    await schedule.add('one', 30_000);
    expect(await schedule.add('one', 90_000)).toBe(false);
    await driver.elapse(40_000);
    expect(await namesOf(schedule)).toEqual(['one']);
  });

  it('hands out no more than are asked for, and says that more are due', async () => {
    const schedule = driver.create();
    for (const [index, name] of ['a', 'b', 'c'].entries()) await schedule.add(name, index);
    await driver.elapse(1_000);
    expect(await namesOf(schedule, 2)).toEqual(['a', 'b']);
    expect((await schedule.next(2)).waitMs).toBe(0);
    expect((await schedule.next(3)).waitMs).toBeNull();
  });

  it('forgets a thread that is removed', async () => {
    const schedule = driver.create();
    await schedule.add('one', 0);
    await schedule.remove('one');
    await schedule.remove('unknown');
    expect(await schedule.next(10)).toEqual({ due: [], waitMs: null });
    expect(await schedule.add('one', 0)).toBe(true);
  });

  it('settles a thread, unless it was scheduled anew', async () => {
    const schedule = driver.create();
    await schedule.add('one', 0);
    await driver.elapse(1_000);
    const [first] = (await schedule.next(10)).due;
    if (!first) throw new Error('Nothing is due');
    await schedule.remove('one');
    await schedule.add('one', 30_000);
    await schedule.settle(first);
    await driver.elapse(40_000);
    const [second] = (await schedule.next(10)).due;
    expect(second?.threadId).toBe('one');
    if (second) await schedule.settle(second);
    expect(await schedule.next(10)).toEqual({ due: [], waitMs: null });
  });
}
