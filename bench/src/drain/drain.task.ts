import { markOf } from '../support/marks.js';

/** What is drained: the same for everybody who is compared. */
export const MESSAGES = 600;
export const THREADS = 30;
/** Telegram's 20 a minute, twenty times as fast. */
export const LIMIT = { messages: 20, windowMs: 3_000 };

/**
 * When the last of the messages can be in Telegram at the earliest if each is sent by itself: the
 * first 20 at once, 20 more whenever a window is over.
 */
export const MINIMUM_MS = (Math.ceil(MESSAGES / LIMIT.messages) - 1) * LIMIT.windowMs;

/** What a customer wrote. */
export interface CustomerMessage {
  readonly threadId: string;
  readonly text: string;
}

/** Who is compared. */
export type SenderName =
  | 'module, Redis'
  | 'module, Redis, topics'
  | 'module, in memory'
  | 'module, Redis, no two messages fit together'
  | 'grammY + auto-retry'
  | 'grammY + throttler'
  | 'grammY + throttler + auto-retry'
  | 'BullMQ limiter';

/** What came of it. */
export interface DrainOutcome {
  /** From the first message handed over until the last one was in Telegram. */
  readonly durationMs: number;
  /** Calls that Telegram took. */
  readonly sends: number;
  readonly refusals: number;
  readonly lost: number;
  readonly twice: number;
  /** Messages that came after a later one of their thread. */
  readonly outOfOrder: number;
}

/** The messages of all threads in turn; `length` characters each, which begin with what they are known by. */
export function customerMessages(length: number): CustomerMessage[] {
  return Array.from({ length: MESSAGES }, (_, i) => {
    const threadId = `t${i % THREADS}`;
    const mark = `${markOf(threadId, Math.floor(i / THREADS))} `;
    return {
      threadId,
      text: mark + 'Where is my parcel? '.repeat(length).slice(0, length - mark.length),
    };
  });
}
