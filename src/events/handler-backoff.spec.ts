import { describe, expect, it } from 'vitest';
import { afterWait, shortestBackoffMs } from './handler-backoff.js';

const failed = { times: 2, reason: 'no database' };

describe('shortestBackoffMs', () => {
  it('is the wait of the handler that has its next attempt first', () => {
    const failures = {
      A: { ...failed, backoffMs: 700 },
      B: failed,
      C: { ...failed, backoffMs: 90 },
    };
    expect(shortestBackoffMs(failures)).toBe(90);
  });

  it('is 0 when no handler waits', () => {
    expect(shortestBackoffMs({})).toBe(0);
    expect(shortestBackoffMs({ A: failed })).toBe(0);
  });
});

describe('afterWait', () => {
  it('leaves what a wait has not used up, and nothing of one that is over', () => {
    const failures = {
      A: { ...failed, backoffMs: 700 },
      B: failed,
      C: { ...failed, backoffMs: 90 },
    };
    expect(afterWait(failures, 90)).toEqual({
      A: { ...failed, backoffMs: 610 },
      B: failed,
      C: failed,
    });
    expect(afterWait(failures, 5_000)).toEqual({ A: failed, B: failed, C: failed });
  });
});
