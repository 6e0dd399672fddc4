/** A team that answers everybody who waits. */
export const THREADS = 20;
export const REPLIES_PER_THREAD = 10;
/** How long the app takes for a reply: it stores it, and tells the customer. */
export const HANDLER_MS = 200;

/** All threads side by side, in order within each. */
export const IDEAL_MS = REPLIES_PER_THREAD * HANDLER_MS;

export type DeskName = 'module, Redis' | 'module, in memory' | 'grammY';

/** What came of it. */
export interface DeskOutcome {
  /** From the first reply that an agent wrote until the app had handled the last one. */
  readonly durationMs: number;
  readonly handled: number;
  /** Replies that were handled after a later one of their thread, or twice. */
  readonly wrong: number;
}
