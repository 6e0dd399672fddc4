import type { Job } from '../queue/job.interface.js';

/**
 * The lanes that wait for a worker: none, some that a job in BullMQ's list will have somebody look at,
 * or some that nobody has been told of.
 */
export type LineState = 'empty' | 'heeded' | 'unheeded';

/** The right of one worker to the lanes that it holds. */
export interface ShiftKey {
  /** The id of the BullMQ job that sees to it that somebody else goes on when the worker dies. */
  readonly job: string;
  /** Nobody else's: whoever goes on has another one. */
  readonly fence: string;
}

/** An item, and where it belongs. */
export interface LanePlacement<T> {
  readonly lane: string;
  readonly item: Job<T>;
}

/** How much a worker takes at once. */
export interface DealLimits {
  readonly lanes: number;
  /** Of each lane. */
  readonly items: number;
}

/** Lanes that a worker has been given, with their first items. */
export interface Deal<T> {
  readonly line: LineState;
  /** For how many milliseconds all lanes are to be left alone. */
  readonly restMs: number;
  /** In how many milliseconds the first of the lanes is due that wait to be tried again; undefined without any. */
  readonly dueInMs: number | undefined;
  readonly lanes: ReadonlyArray<{
    readonly lane: string;
    readonly items: ReadonlyArray<Job<T>>;
  }>;
}

/** What a shift asks for when it goes on. */
export interface TurnCall {
  /** From 1 on. */
  readonly number: number;
  readonly limits: DealLimits;
  /** The lanes that are handed back. */
  readonly ends: readonly TurnEnd[];
  /** Whether the shift is over if no lane is ready. */
  readonly mayEnd: boolean;
}

/** What becomes of a lane after a turn. */
export interface TurnEnd {
  readonly lane: string;
  /** How many of its items have been done since it was dealt. */
  readonly done: number;
  /**
   * Behind all lanes that are as urgent; where it was before, once all lanes have been left alone for
   * `ms` milliseconds; or behind all again after `ms` milliseconds.
   */
  readonly place: 'last' | 'first' | 'later';
  readonly ms: number;
}
