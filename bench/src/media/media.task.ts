/** What is sent: the same for everybody who is compared. */
export const MESSAGES = 200;
export const THREADS = 20;
/** About that of a photo of a phone as messengers scale it. */
export const PHOTO_BYTES = 150_000;
/** Telegram's 20 a minute, twenty times as fast. Each photo of an album counts. */
export const LIMIT = { messages: 20, windowMs: 3_000 };

/** When the last photo can be in Telegram at the earliest: the first 20 at once, 20 more whenever a window is over. */
export const MINIMUM_MS = (Math.ceil(MESSAGES / LIMIT.messages) - 1) * LIMIT.windowMs;

/** A text with a photo. */
export interface PhotoMessage {
  readonly threadId: string;
  readonly text: string;
  /** The file of the photo. */
  readonly path: string;
}

/** Who is compared. */
export type MediaSenderName =
  | 'module, Redis, bytes'
  | 'module, Redis, paths'
  | 'module, in memory, bytes'
  | 'grammY + auto-retry'
  | 'grammY + throttler + auto-retry';

/** What the process of a sender is asked: to be ready, then to send. */
export type SenderQuestion =
  | { readonly start: MediaSenderName; readonly target: MediaTarget }
  | { readonly send: readonly PhotoMessage[] }
  | 'memory';

/** Where it sends to. */
export interface MediaTarget {
  readonly apiRoot: string;
  readonly token: string;
  readonly chatId: number;
  readonly redisUrl: string;
}

/** By how much the memory of the process has grown since it was ready. */
export interface MemoryGrowth {
  /** The most that its resident set had more at any time. */
  readonly peakBytes: number;
  /** Heap and buffers, after a garbage collection at the end. */
  readonly keptBytes: number;
}

/** What came of it. */
export interface MediaOutcome extends MemoryGrowth {
  /** From the first message handed over until the last photo was in Telegram. */
  readonly durationMs: number;
  /** Calls that Telegram took. */
  readonly sends: number;
  readonly refusals: number;
  /** Messages of which the text or the photo is not in Telegram. */
  readonly lost: number;
  /** Texts and photos that are there more than once. */
  readonly twice: number;
  /** Texts and photos that came after a later one of their thread. */
  readonly outOfOrder: number;
}
