/** Telegram nests messages about a dozen levels deep. `JSON.stringify` fails on values that are far deeper. */
const MAX_LEVELS = 64;

/** Whether a value is an object and no array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return isNested(value) && !Array.isArray(value);
}

/** Whether a value is an integer that JavaScript represents exactly. */
export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a value is missing or passes the check. */
export function optional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value);
}

/** Whether a value is nested no deeper than it can be stored as JSON; visits all of it. */
export function isShallow(value: unknown): boolean {
  return !isNested(value) || isNestedAtMost(value, MAX_LEVELS);
}

/** Called for objects and arrays only: most of an update are leaves, and a call costs more than a type check. */
function isNestedAtMost(value: Readonly<Record<string, unknown>>, levels: number): boolean {
  if (levels === 0) return false;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (isNested(inner) && !isNestedAtMost(inner, levels - 1)) return false;
  }
  return true;
}

/** Whether a value is an object or an array. */
function isNested(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
