import type { Clock, Timer } from './clock.js';

/** A timer that fires later than this was delayed by a stall: the process was stopped or busy. */
const STALL_MS = 20;

/** The least extra time after a stall. */
const GRACE_MS = 200;

/**
 * Calls `onPassed` when `durationMs` have passed and input that had arrived by then was read. After a stall of
 * the process, Node runs a late timer before it reads an answer that is there already. So the time of a stall
 * does not count: it is added to the deadline, up to `durationMs`.
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

/**
 * Settles as `work` does, or as `late` says when a deadline has passed before.
 *
 * @param late What it comes to then; it rejects with what this throws.
 * @param start Starts the timer of the deadline.
 */
export function settleInTime<T>(
  work: Promise<T>,
  late: () => T,
  start: (onPassed: () => void) => Timer,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = start(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    });
    const first =
      <V>(settle: (outcome: V) => void) =>
      (outcome: V): void => {
        timer.cancel();
        settle(outcome);
      };
    work.then(first(resolve), first(reject));
  });
}

/** Calls back after the event loop has read input twice: an answer may be half read after the first time. */
export function afterPollPhase(callback: () => void): void {
  setImmediate(() => setImmediate(callback));
}
