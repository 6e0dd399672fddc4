/**
 * What takes a few seconds at most, however busy other tests keep the machine. For what would otherwise take half a minute,
 * or never end.
 */
export const SECONDS_MS = 12_000;
