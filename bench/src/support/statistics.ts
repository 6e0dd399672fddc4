/** The middle of some runs, and how far apart they were. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws {@link RangeError} Of no value. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

/**
 * The middle of many short runs, and between what the middle half of them lies.
 *
 * @throws {@link RangeError} Of no value.
 */
export function quartilesOf(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    min: quantile(values, 0.25),
    max: quantile(values, 0.75),
  };
}

/**
 * The value below which a share of all values lies.
 *
 * @throws {@link RangeError} Of no value.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('There are no values');
  return below + (above - below) * (place - Math.floor(place));
}

/** `1.23 (1.20 to 1.31)`: the median of some runs and their extremes. */
export function showSpread({ median, min, max }: Spread, digits = 2): string {
  const show = (value: number): string => value.toLocaleString('en', fixed(digits));
  return min === max ? show(median) : `${show(median)} (${show(min)} to ${show(max)})`;
}

function fixed(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}
