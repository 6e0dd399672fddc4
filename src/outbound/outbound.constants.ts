/** The wait before the store is asked again which desk has a thread. */
export const STORE_RETRY_MS = 1_000;

/** Injects the `OrderedQueue` of outbound jobs. */
export const OUTBOUND_QUEUE = Symbol('TELEGRAM_OUTBOUND_QUEUE');

/** What the keys begin with of changes that only bring topics and cards up to date. Nobody misses those that are lost. */
export const TOPIC_KEY = 'topic:';
export const CARD_KEY = 'card:';

/** Whether agents miss the jobs of a key that are lost. */
export function isMissed(key: string): boolean {
  return !key.startsWith(TOPIC_KEY) && !key.startsWith(CARD_KEY);
}
