import type { ResolvedType } from './type-catalog.js';

const MAX_LENGTH = 60;
const MAX_VALUES = 12;
/** Eight characters are far fewer than the secret of a token has, and enough to distinguish it from a time. */
const TOKEN = /(?<!\d)\d+(?::|%3A)[\w-]{8,}/gi;

const PLAIN_WORDS = {
  boolean: 'a boolean',
  file: 'a file',
  number: 'a number',
  string: 'a string',
  true: 'true',
  upload: 'an uploaded file',
} as const;

/** What the client wrote, on one line, short and without bot tokens. */
export function shorten(text: string): string {
  const harmless = text.slice(0, MAX_LENGTH * 100).replaceAll(TOKEN, '<token>');
  const short = harmless.length > MAX_LENGTH ? `${harmless.slice(0, MAX_LENGTH - 1)}…` : harmless;
  return JSON.stringify(short.toWellFormed()).slice(1, -1);
}

/** {@link shorten}, in quotation marks. */
export function quote(text: string): string {
  return `"${shorten(text)}"`;
}

/** `the string "7"`, `an array`, `null`. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the string ${quote(value)}`;
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

/** `a number or a string`, `one of "HTML", "Markdown"`. */
export function describeType({ plain, enumerations, lists, objects }: ResolvedType): string {
  const values = enumerations.flatMap(({ oneOf }) => oneOf);
  const parts = [
    ...Array.from(plain, (type) => PLAIN_WORDS[type]),
    ...(values.length > 0 ? [describeValues(values)] : []),
    ...(lists.length > 0 ? ['an array'] : []),
    ...(objects.length > 0 ? ['an object'] : []),
  ];
  return parts.join(' or ');
}

/** `"HTML"`, `one of 1, 2, 3`; of many only the first. */
export function describeValues(values: ReadonlyArray<string | number>): string {
  const shown = [...new Set(values)].map((value) => JSON.stringify(value));
  const left = shown.length - MAX_VALUES;
  // Naming all but one would only make the one stand out.
  const names = left > 1 ? [...shown.slice(0, MAX_VALUES), `${left} others`] : shown;
  return shown.length === 1 ? names.join('') : `one of ${names.join(', ')}`;
}
