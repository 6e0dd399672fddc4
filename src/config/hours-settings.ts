import { BusinessHoursClock } from '../hours/business-hours-clock.js';
import { fillIn } from '../texts/fill-in.js';
import { DEFAULT_OPTIONS } from './default-options.js';
import type { BusinessHours } from './business-hours.options.js';

/** When a desk is open, and what follows from that. */
export interface HoursSettings {
  readonly clock: BusinessHoursClock;
  readonly digest: boolean;

  /** What a customer reads who writes while it is closed; undefined for nothing. */
  autoReply(opensAtMs: number | null): string | undefined;
}

/** @param locale The language in which times are written. */
export function hoursOf(given: BusinessHours | undefined, locale: string): HoursSettings | null {
  if (!given) return null;
  const { timeZone, autoReply, digest = DEFAULT_OPTIONS.hours.digest } = given;
  return {
    clock: new BusinessHoursClock(given),
    digest,
    autoReply: (opensAtMs) => filled(autoReply, 'opensAt', opensAtMs, { timeZone, locale }),
  };
}

/** A text of the app with a time in it; undefined when there is no text, or no such time. */
export function filled(
  text: string | undefined,
  name: string,
  atMs: number | null,
  { timeZone, locale }: { readonly timeZone: string; readonly locale: string },
): string | undefined {
  if (!text?.trim()) return undefined;
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  const result = fillIn(text, { [name]: atMs === null ? undefined : time.format(atMs) });
  return 'text' in result ? result.text : undefined;
}
