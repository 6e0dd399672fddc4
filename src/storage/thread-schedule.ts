/** A thread that is due at some time, by the clock of the store. */
export interface ScheduledThread {
  readonly threadId: string;
  readonly dueAtMs: number;
}

/** What is due next. */
export interface DueThreads {
  /** The earliest first. */
  readonly due: readonly ScheduledThread[];
  /** How long it takes until another one is due, in milliseconds; null when none is left. */
  readonly waitMs: number | null;
}

/** Keeps which threads something is to be done with, and when. Every method throws when the store does not answer within 2 seconds. */
export abstract class ThreadSchedule {
  /**
   * Has a thread be due in `delayMs` milliseconds, unless it is scheduled already.
   *
   * @returns Whether no other one was scheduled.
   */
  abstract add(threadId: string, delayMs: number): Promise<boolean>;

  abstract remove(threadId: string): Promise<void>;

  /** The threads that are due now, at most `most` of them. */
  abstract next(most: number): Promise<DueThreads>;

  /** What a thread was due for is done: forgets that, unless the thread was scheduled anew since. */
  abstract settle(thread: ScheduledThread): Promise<void>;
}
