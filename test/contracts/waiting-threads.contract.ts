import { expect, it } from 'vitest';
import type { WaitingThreads } from '../../src/storage/waiting-threads.js';

/** What every {@link WaitingThreads} promises. */
export function describeWaitingThreads(create: () => WaitingThreads): void {
  it('lists those which have waited for longest, and counts all', async () => {
    const waiting = create();
    expect(await waiting.oldest(10)).toEqual([]);
    expect(await waiting.count()).toBe(0);
    await waiting.add({ threadId: 'new', sinceMs: 3_000 });
    await waiting.add({ threadId: 'old: ü', sinceMs: 1_000 });
    await waiting.add({ threadId: 'middle', sinceMs: 2_000 });
    expect(await waiting.oldest(2)).toEqual([
      { threadId: 'old: ü', sinceMs: 1_000 },
      { threadId: 'middle', sinceMs: 2_000 },
    ]);
    expect(await waiting.count()).toBe(3);
  });

  it('keeps the time of a thread that is added again', async () => {
    const waiting = create();
    await waiting.add({ threadId: 'one', sinceMs: 1_000 });
    await waiting.add({ threadId: 'one', sinceMs: 9_000 });
    expect(await waiting.oldest(10)).toEqual([{ threadId: 'one', sinceMs: 1_000 }]);
  });

  it('forgets a thread that is removed', async () => {
    const waiting = create();
    await waiting.add({ threadId: 'one', sinceMs: 1_000 });
    await waiting.remove('one');
    await waiting.remove('unknown');
    expect(await waiting.count()).toBe(0);
  });
}
