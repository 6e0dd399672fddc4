import { describe, expect, it } from 'vitest';
import { delay } from './delay.js';
import { SystemClock } from './system-clock.js';

/** The timers that this process waits for before it ends. */
const awaited = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('pause', () => {
  it('keeps the process alive only when it is to', async () => {
    const ending = new AbortController();
    const before = awaited();
    const idle = delay(new SystemClock(), 60_000, ending.signal, { keepsAlive: false });
    expect(awaited()).toBe(before);
    const wanted = delay(new SystemClock(), 60_000, ending.signal);
    expect(awaited()).toBe(before + 1);
    ending.abort();
    await Promise.all([idle, wanted]);
    expect(awaited()).toBe(before);
  });
});
