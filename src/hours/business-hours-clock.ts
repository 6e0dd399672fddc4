import { readRanges, type TimeRange } from './time-range.js';
import { daysAfter, TimeZone } from './time-zone.js';

/** The days of a week, as they are named in the option `hours`. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Beyond, nothing is looked for. */
const MOST_DAYS = 3_660;

/** When a desk is open, as the option `hours` says it. */
export interface OpeningTimes {
  readonly timeZone: string;
  readonly weekly: Partial<Readonly<Record<Weekday, readonly string[] | undefined>>>;
  readonly exceptions?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A time during which the desk is open. Its end is no part of it. */
interface OpenTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Says when a desk is open, and counts time while it is. Ranges mean what clocks of the time zone show: where these are
 * set forward or back, a day is shorter or longer. All times are in milliseconds since the Unix epoch.
 */
export class BusinessHoursClock {
  readonly #zone: TimeZone;
  readonly #weekly: ReadonlyArray<readonly TimeRange[]>;
  readonly #exceptions: ReadonlyMap<string, readonly TimeRange[]>;

  /** @throws RangeError When the runtime does not know the time zone. */
  constructor({ timeZone, weekly, exceptions = {} }: OpeningTimes) {
    this.#zone = new TimeZone(timeZone);
    this.#weekly = WEEKDAYS.map((day) => readRanges(weekly[day] ?? []));
    this.#exceptions = new Map(
      Object.entries(exceptions).map(([date, ranges]) => [date, readRanges(ranges)]),
    );
  }

  get timeZone(): string {
    return this.#zone.name;
  }

  isOpen(atMs: number): boolean {
    const [open] = this.#openTimes(atMs);
    return open !== undefined && open.fromMs <= atMs;
  }

  /** The next moment after `atMs` at which the desk opens; null when there is none within so many days, or ten years. */
  nextOpening(atMs: number, mostDays = MOST_DAYS): number | null {
    let lastEndMs = -Infinity;
    for (const { fromMs, toMs } of this.#openTimes(atMs, mostDays)) {
      if (fromMs > atMs && fromMs > lastEndMs) return fromMs;
      lastEndMs = toMs;
    }
    return null;
  }

  /** How long the desk is open between two moments; 0 when the second one is not the later. */
  workingMsBetween(fromMs: number, toMs: number): number {
    if (toMs <= fromMs) return 0;
    let sumMs = 0;
    for (const open of this.#openTimes(fromMs)) {
      if (open.fromMs >= toMs) break;
      sumMs += Math.min(open.toMs, toMs) - Math.max(open.fromMs, fromMs);
    }
    return sumMs;
  }

  /** The moment by which the desk has been open for `ms` since `fromMs`; null when there is none within ten years. */
  addWorkingMs(fromMs: number, ms: number): number | null {
    let leftMs = ms;
    for (const open of this.#openTimes(fromMs)) {
      const beginMs = Math.max(open.fromMs, fromMs);
      const lengthMs = open.toMs - beginMs;
      if (leftMs <= lengthMs) return beginMs + leftMs;
      leftMs -= lengthMs;
    }
    return null;
  }

  /** The local date, as `2026-12-24`. */
  dateAt(atMs: number): string {
    return this.#zone.dateAt(atMs);
  }

  /** The times that end after a moment, in order. */
  *#openTimes(sinceMs: number, mostDays = MOST_DAYS): Generator<OpenTime, undefined> {
    // The day before, because where clocks are set a time may reach into the next day.
    const first = daysAfter(this.dateAt(sinceMs), -1);
    for (let days = 0; days <= mostDays + 1; days += 1) {
      for (const open of this.#timesOf(daysAfter(first, days))) {
        if (open.toMs > sinceMs) yield open;
      }
    }
    return undefined;
  }

  #timesOf(date: string): OpenTime[] {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    const ranges = this.#exceptions.get(date) ?? this.#weekly[weekday] ?? [];
    return ranges
      .map(({ from, to }) => ({
        fromMs: this.#zone.momentOf(date, from),
        toMs: this.#zone.momentOf(date, to),
      }))
      .filter(({ fromMs, toMs }) => fromMs < toMs);
  }
}
