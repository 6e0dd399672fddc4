/** Injects the `OrderedQueue` of jobs that wait for their time. */
export const TIMER_QUEUE = Symbol('TELEGRAM_TIMER_QUEUE');
