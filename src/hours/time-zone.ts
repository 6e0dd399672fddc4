const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Converts between moments and the clocks of a time zone, by the rules that the runtime knows. */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat;

  /**
   * @param name Of the IANA database, such as `Europe/Berlin`.
   * @throws RangeError When the runtime does not know it.
   */
  constructor(readonly name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The date that calendars show there, as `2026-12-24`. */
  dateAt(atMs: number): string {
    return dateOf(atMs + this.#offsetAt(atMs));
  }

  /**
   * The first moment at which clocks there show this time of day or a later one of that day. Where they are set forward
   * over it, that is when they are; where they show it twice, the first of the two.
   *
   * @param date As `2026-12-24`.
   * @param minutes Since midnight; 1440 is the midnight at the end of the day.
   */
  momentOf(date: string, minutes: number): number {
    const shownMs = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS;
    const [before, after] = [shownMs - DAY_MS, shownMs + DAY_MS];
    const offsets = [this.#offsetAt(before), this.#offsetAt(after)];
    for (const offset of offsets) {
      const moment = shownMs - offset;
      if (this.#offsetAt(moment) === offset) return moment;
    }
    return this.#changeBetween(before, after);
  }

  /** The moment from which the offset is that of the later one. */
  #changeBetween(before: number, after: number): number {
    const offset = this.#offsetAt(after);
    let [early, late] = [before, after];
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (this.#offsetAt(middle) === offset) late = middle;
      else early = middle;
    }
    return late;
  }

  /** How far clocks there are ahead of UTC, in milliseconds. */
  #offsetAt(atMs: number): number {
    const parts = new Map(
      this.#format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
    );
    const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const shownMs = Date.UTC(
      of('year'),
      of('month') - 1,
      of('day'),
      of('hour'),
      of('minute'),
      of('second'),
    );
    return shownMs - Math.floor(atMs / 1000) * 1000;
  }
}

/** The date that is some days after another one. */
export function daysAfter(date: string, days: number): string {
  return dateOf(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

function dateOf(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10);
}
