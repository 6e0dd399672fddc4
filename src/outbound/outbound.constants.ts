/** The wait before the store is asked again which desk has a thread. */
export const STORE_RETRY_MS = 1_000;

/** Injects the `OrderedQueue` of outbound jobs. */
export const OUTBOUND_QUEUE = Symbol('TELEGRAM_OUTBOUND_QUEUE');
