/** A day. Longer ones are mistakes of units, and timers end at 24 days. */
export const MAX_MS = 86_400_000;

/** Ten years. */
export const MAX_TTL_SECONDS = 315_360_000;

/** More than any chat accepts. */
export const MAX_MESSAGES = 1_000_000;
