/** A day. Longer ones are mistakes of units, and timers end at 24 days. */
export const MAX_MS = 86_400_000;

/** Ten years. */
export const MAX_TTL_SECONDS = 315_360_000;

/** 512 MiB, the most that a value in Redis may have. */
export const MAX_DATA_BYTES = 536_870_912;

/** More than any chat accepts. */
export const MAX_MESSAGES = 1_000_000;

/** A year. Longer ones are mistakes of units. */
export const MAX_REMINDER_MS = 31_536_000_000;

/** The values that a snippet may have. */
export const SNIPPET_VALUES = [
  'customer.name',
  'customer.email',
  'agent.name',
  'threadId',
  'subject',
] as const;

/** What `agents` wants. */
export const AGENTS_RULE =
  'wants a list of Telegram user ids, or a function; leave it out to let everyone answer';
