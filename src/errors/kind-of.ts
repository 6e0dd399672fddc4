/**
 * What an error says that it got instead of a string: the kind of the value, and never the value, which
 * may be a customer's.
 *
 * @example
 * kindOf('Alice'); // 'a string of 5 characters'
 */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return kindOfString(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : kindOfObject(value);
  // They are values of no customer, and say what went wrong before.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return `a ${typeof value}`;
}

/** The same for an id, of which a number is the usual mistake. */
export function kindOfId(value: unknown): string {
  const isNumeric = typeof value === 'bigint' || Number.isFinite(value);
  return isNumeric ? `${kindOf(value)}: pass it as a string` : kindOf(value);
}

/** What the language itself calls it, as in `a Map`: that it is an object is what was wanted. */
function kindOfObject(value: object): string {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (tag === 'Object' || !/^[A-Z]\w{0,30}$/.test(tag)) return 'an object';
  return `${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${tag}`;
}

function kindOfString(value: string): string {
  if (value === '') return 'an empty string';
  return `a string of ${value.length} character${value.length === 1 ? '' : 's'}`;
}
