/**
 * Names the kind of a value that is not the expected string, for an error. The value itself may be a customer's, so
 * it is not shown.
 *
 * @example
 * kindOf('Alice'); // 'a string of 5 characters'
 */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return kindOfString(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : kindOfObject(value);
  // These are no customer's data, and show what went wrong before.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return `a ${typeof value}`;
}

/** The same for an id, with a remedy for the usual mistake, a number. */
export function kindOfId(value: unknown): string {
  const isNumeric = typeof value === 'bigint' || Number.isFinite(value);
  return isNumeric ? `${kindOf(value)}: pass it as a string` : kindOf(value);
}

/** The name of its class, as in `a Map`. */
function kindOfObject(value: object): string {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (tag === 'Object' || !/^[A-Z]\w{0,30}$/.test(tag)) return 'an object';
  return `${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${tag}`;
}

function kindOfString(value: string): string {
  if (value === '') return 'an empty string';
  return `a string of ${value.length} character${value.length === 1 ? '' : 's'}`;
}
