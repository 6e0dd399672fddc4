/** How many errors of an `AggregateError` are named, and how deep they may lie in others. */
const MOST_ERRORS = 5;
const DEEPEST = 3;

const NO_REASON = 'no reason was given';

/**
 * The text of whatever was thrown, because JavaScript can throw anything. Of an error it is the `message` and nothing
 * else, since other properties may contain a whole request. It is not cleaned: see {@link ErrorDescriber} for a text
 * that may be shown.
 */
export function errorText(thrown: unknown): string {
  return wordsOf(thrown, new Set()) ?? errorName(thrown);
}

/** What stands for an error without a message: its name, or that of its class. */
export function errorName(thrown: unknown): string {
  const name = typeof thrown === 'function' ? read(thrown, 'name') : nameOf(thrown);
  return isText(name) && name !== 'Object' ? name : NO_REASON;
}

/** A property of any value; undefined if its getter throws. */
export function read(value: unknown, property: string): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function')
    return undefined;
  try {
    return Reflect.get(value, property);
  } catch {
    return undefined;
  }
}

/** @param seen What contains it: an error may contain itself. */
function wordsOf(thrown: unknown, seen: ReadonlySet<unknown>): string | undefined {
  if (typeof thrown === 'string') return isText(thrown) ? thrown : undefined;
  if (isNumberOrTheLike(thrown)) return String(thrown);
  const message = read(thrown, 'message');
  if (isText(message)) return message;
  // Validation errors have lists of messages; an AggregateError has a list of errors.
  const parts = [message, read(thrown, 'errors'), thrown].find((list) => isList(list));
  if (!parts || seen.has(thrown) || seen.size > DEEPEST) return undefined;
  return wordsOfAll(parts, new Set(seen).add(thrown));
}

function wordsOfAll(errors: readonly unknown[], seen: ReadonlySet<unknown>): string | undefined {
  const some = errors.slice(0, MOST_ERRORS);
  const words = some.map((each) => wordsOf(each, seen)).filter((each) => each !== undefined);
  return words.length > 0 ? [...new Set(words)].join('; ') : undefined;
}

function isNumberOrTheLike(value: unknown): value is number | bigint | boolean | symbol {
  return ['number', 'bigint', 'boolean', 'symbol'].includes(typeof value);
}

function nameOf(thrown: unknown): unknown {
  const name = read(thrown, 'name');
  return isText(name) ? name : read(read(thrown, 'constructor'), 'name');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
