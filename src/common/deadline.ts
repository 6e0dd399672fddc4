import type { Clock, Timer } from './clock.js';

/** A timer that fires so late was held up: the process was stopped, or busy for so long. */
const STALL_MS = 20;

/** The least time that is given after a stall to what could not be done in it. */
const GRACE_MS = 200;

/**
 * Calls `onPassed` when `durationMs` have passed and what has come in by then has been read: Node runs
 * timers first, so that one which is late, after a stall of the process, would overtake an answer that
 * is there already. A time in which the process did not run does not count: after a stall there is as
 * much time again as it took too long, but no more than `durationMs`.
 */
export function setDeadline(clock: Clock, durationMs: number, onPassed: () => void): Timer {
  let isCancelled = false;
  const pass = (): void => {
    if (!isCancelled) onPassed();
  };
  const dueAtMs = clock.monotonicMs() + durationMs;
  let timer = clock.setTimer(() => {
    const lateMs = clock.monotonicMs() - dueAtMs;
    if (lateMs < STALL_MS) afterPollPhase(pass);
    else {
      const graceMs = Math.min(Math.max(lateMs, GRACE_MS), durationMs);
      timer = clock.setTimer(() => afterPollPhase(pass), graceMs);
    }
  }, durationMs);
  return {
    cancel: () => {
      isCancelled = true;
      timer.cancel();
    },
  };
}

/** Calls back when the event loop has read twice what has come in: once may leave an answer half read. */
export function afterPollPhase(callback: () => void): void {
  setImmediate(() => setImmediate(callback));
}
