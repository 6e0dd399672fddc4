/** A team that answers everybody who waits. */
export const THREADS = 20;
export const REPLIES_PER_THREAD = 10;
/** How long the app takes for a reply: it stores it, and notifies the customer. */
export const HANDLER_MS = 200;

/** All threads side by side, in order within each. */
export const IDEAL_MS = REPLIES_PER_THREAD * HANDLER_MS;

/** Replies that are handled at once, before the others, so that code is compiled and connections are open. */
export const WARM_UP_PER_THREAD = 5;
const WARM_UP_MARK = 'warm-up';

/** What an agent writes; a thread's replies of one kind are numbered. */
export function replyText(thread: number, number: number, isWarmUp: boolean): string {
  return `${isWarmUp ? WARM_UP_MARK : 'reply'} t${thread}#${number}`;
}

/** How long the app takes for it. */
export function handlerMs(text: string): number {
  return text.startsWith(WARM_UP_MARK) ? 0 : HANDLER_MS;
}

export type DeskName = 'module, Redis' | 'module, in memory' | 'grammY';

/** What came of it. */
export interface DeskOutcome {
  /** From the first reply that an agent wrote until the app had handled the last one. */
  readonly durationMs: number;
  readonly handled: number;
  /** Replies that were handled after a later one of their thread, or twice. */
  readonly wrong: number;
}
