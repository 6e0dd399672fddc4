const RANGE = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/** Part of a day, in minutes since midnight. */
export interface TimeRange {
  readonly from: number;
  /** At most 1440, the midnight at the end of the day. */
  readonly to: number;
}

/** Reads ranges such as `09:00-17:30`, which {@link problemOfRanges} has nothing to say about. */
export function readRanges(texts: readonly string[]): readonly TimeRange[] {
  return texts.flatMap((text) => readRange(text) ?? []).toSorted((a, b) => a.from - b.from);
}

/** What is wrong with the ranges of a day; undefined when nothing is. */
export function problemOfRanges(texts: unknown): string | undefined {
  if (!Array.isArray(texts)) return 'wants a list of ranges such as "09:00-17:30"';
  const ranges: TimeRange[] = [];
  for (const text of texts) {
    const range = typeof text === 'string' ? readRange(text) : undefined;
    if (!range) return 'wants ranges such as "09:00-17:30", from 00:00 to 24:00';
    if (range.to === range.from) return `the range ${text} is empty`;
    if (range.to < range.from) {
      return `the range ${text} goes over midnight: end it at 24:00, and begin one at 00:00 on the next day`;
    }
    ranges.push(range);
  }
  const sorted = ranges.toSorted((a, b) => a.from - b.from);
  const overlaps = sorted.some((range, index) => range.from < (sorted[index - 1]?.to ?? 0));
  return overlaps ? 'its ranges overlap' : undefined;
}

function readRange(text: string): TimeRange | undefined {
  const match = RANGE.exec(text);
  if (!match) return undefined;
  const [from, to] = [minutesOf(match[1], match[2]), minutesOf(match[3], match[4])];
  return from === undefined || to === undefined ? undefined : { from, to };
}

function minutesOf(hour: string | undefined, minute: string | undefined): number | undefined {
  const [hours, minutes] = [Number(hour), Number(minute)];
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= 24 * 60 ? total : undefined;
}
