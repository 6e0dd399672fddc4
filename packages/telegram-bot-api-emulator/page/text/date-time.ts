const DAY_MS = 86_400_000;
/** What a `Date` can hold. */
const MAX_MS = 8.64e15;
const UNITS = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

// To make one takes longer than to draw a message.
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat(undefined, {
  day: '2-digit',
  month: '2-digit',
  year: '2-digit',
});

/** `17:05`, or what the reader's language has for it. */
export function timeOf(at: number): string {
  return TIME.format(at);
}

/** The date and the time in full, for whoever wants to know more. */
export function fullTimeOf(at: number): string {
  return FULL.format(at);
}

/** Which day it is on the reader's calendar, to compare it with another. */
export function dayOf(at: number): string {
  return new Date(at).toDateString();
}

/** What stands between the messages of two days. */
export function dayName(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return 'Today';
  if (dayOf(at) === dayOf(now - DAY_MS)) return 'Yesterday';
  return DAY.format(at);
}

/** What stands in a list of chats: the time of today, else the day. */
export function shortDateOf(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return timeOf(at);
  return SHORT_DAY.format(at);
}

/** `3:07`: how long something takes. */
export function durationOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A date and time of a message in the format that its bot has chosen; undefined for text as it stands. */
export function dateTimeText(at: number, chosen: string, now: number): string | undefined {
  // What no calendar holds is left as the bot wrote it.
  if (!(Math.abs(at) <= MAX_MS)) return undefined;
  if (chosen === 'r') return relativeTime(at - now);
  if (!/^w?[dD]?[tT]?$/.test(chosen) || chosen === '') return undefined;
  return format(at, {
    ...(chosen.includes('w') && { weekday: 'long' }),
    ...(chosen.includes('d') && { day: '2-digit', month: '2-digit', year: '2-digit' }),
    ...(chosen.includes('D') && { day: 'numeric', month: 'long', year: 'numeric' }),
    ...(chosen.includes('t') && { hour: '2-digit', minute: '2-digit' }),
    ...(chosen.includes('T') && { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  });
}

function relativeTime(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(ms) >= length) ?? ['second', 1_000];
  const formatter = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  return formatter.format(Math.trunc(ms / size), unit);
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(undefined, options).format(at);
}
