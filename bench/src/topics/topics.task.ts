/** Who opens the threads. */
export type OpenerName = 'module, Redis' | 'module, in memory' | 'plain sender';

export const OPENERS: readonly OpenerName[] = [
  'module, Redis',
  'module, in memory',
  'plain sender',
];

/** Customers who write at once, each in a thread of their own. */
export const THREADS = 40;

/** Telegram's 20 a minute, twenty times as fast. */
export const LIMIT = { messages: 20, windowMs: 3_000 };

/** What came of it. */
export interface TopicsOutcome {
  /** How many windows of the limit it took until the first text of each thread was in its topic. */
  readonly windows: number;
  readonly refusals: number;
  /** Threads whose text is not in a topic of its own. */
  readonly lost: number;
}

/** Where they are opened. */
export interface TopicsPlace {
  readonly apiRoot: string;
  readonly token: string;
  readonly chatId: number;
  readonly redisUrl: string;
}
