/**
 * The steps that threads go through when time passes. All threads of one step wait equally long for it.
 *
 * - `first`, `next`: the first reply, or a further one, is late.
 * - `mention`: it is late, and agents are named.
 * - `overdue`: it is late, and the app learns of it.
 * - `silence`: the customer has said nothing for so long that agents and the app learn of the end.
 * - `close`: the thread is closed.
 */
export const TIMER_STEPS = ['first', 'next', 'mention', 'overdue', 'silence', 'close'] as const;

export type TimerStep = (typeof TIMER_STEPS)[number];

/** Something is to be done with the threads of a step, each when it is due. */
export interface StepJob {
  readonly v: 1;
  readonly type: 'step';
  readonly step: TimerStep;
}

/** The desk opens. */
export interface OpeningJob {
  readonly v: 1;
  readonly type: 'opening';
  /** In milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** What waits for its time; plain JSON. */
export type TimerJob = StepJob | OpeningJob;
