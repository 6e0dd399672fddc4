/**
 * The limit for what takes a few seconds on a machine that other tests keep busy. Where the product fails, the same takes half
 * a minute, or never ends.
 */
export const SECONDS_MS = 12_000;
