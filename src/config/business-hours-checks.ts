import { ValidateBy } from 'class-validator';
import { WEEKDAYS } from '../hours/business-hours-clock.js';
import { problemOfRanges } from '../hours/time-range.js';
import { shownName } from '../secrets/shown-value.js';
import { problemOfPlaceholders } from '../texts/fill-in.js';

/** A time zone that the runtime knows. */
export function IsTimeZone(): PropertyDecorator {
  return ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isTimeZone(value),
      defaultMessage: () =>
        'wants the name of a time zone that Node.js knows, such as "Europe/Berlin" or "UTC"',
    },
  });
}

/** The ranges of days of the week, at least one of them. */
export function AreWeeklyHours(): PropertyDecorator {
  return checkedBy('areWeeklyHours', problemOfWeek);
}

/** The ranges of single days. */
export function AreExceptions(): PropertyDecorator {
  return checkedBy('areExceptions', problemOfDates);
}

/** A text with no other placeholders than those named. */
export function HasPlaceholders(...names: readonly string[]): PropertyDecorator {
  return checkedBy('hasPlaceholders', (value) => {
    const problem = problemOfPlaceholders(String(value), names);
    return problem && `the text ${problem}`;
  });
}

/** @param problemOf What is wrong with a value; undefined when nothing is. */
export function checkedBy(
  name: string,
  problemOf: (value: unknown) => string | undefined,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => problemOf(value) === undefined,
      defaultMessage: (args) => problemOf(args?.value) ?? '',
    },
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

function problemOfWeek(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [day, ranges] of Object.entries(value)) {
    if (!WEEKDAYS.some((known) => known === day)) {
      return `there is no day ${shownName(day)}; the days are mon, tue, wed, thu, fri, sat and sun`;
    }
    const problem = ranges === undefined ? undefined : problemOfRanges(ranges);
    if (problem !== undefined) return `on ${day}: ${problem}`;
  }
  const isOpen = Object.values(value).some((ranges) => Array.isArray(ranges) && ranges.length > 0);
  return isOpen ? undefined : 'wants a range on one day at least, else the desk never opens';
}

function problemOfDates(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'wants an object with the ranges of single days, such as { "2026-12-25": [] }';
  }
  for (const [date, ranges] of Object.entries(value)) {
    if (!isDate(date)) return `there is no date ${shownName(date)}; write it as 2026-12-24`;
    const problem = problemOfRanges(ranges);
    if (problem !== undefined) return `on ${date}: ${problem}`;
  }
  return undefined;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
