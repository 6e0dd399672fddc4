/** A day. Longer ones are mistakes of units, and timers end at 24 days. */
export const MAX_MS = 86_400_000;

/** Ten years. */
export const MAX_TTL_SECONDS = 315_360_000;

/** 512 MiB, the most that a value in Redis may have. */
export const MAX_DATA_BYTES = 536_870_912;

/** More than any chat accepts. */
export const MAX_MESSAGES = 1_000_000;

/** What `agents` wants. */
export const AGENTS_RULE = 'wants a list of Telegram user ids; leave it out to let everyone answer';
