/** Injects the `OrderedQueue` of outbound jobs. */
export const OUTBOUND_QUEUE = Symbol('TELEGRAM_OUTBOUND_QUEUE');
