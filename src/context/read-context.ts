import { kindOf } from '../errors/kind-of.js';
import { isWebLink, WEB_LINK_RULE } from '../common/web-link.js';
import { sanitizeLabel } from '../notices/sanitize-text.js';
import type { StoredField } from './stored-field.interface.js';
import type { ContextField } from './context-field.interface.js';
import { UnusableContextError } from './unusable-context.error.js';

/** More would push the words of the customer off the screen. */
const MOST_FIELDS = 20;

const LONGEST_LABEL = 64;
const LONGEST_TEXT = 256;

/** More text than this is no mistake of a few fields: it would only cost memory. */
const MOST_CHARACTERS = 64 * 1024;

/** What {@link problemOfContext} requires, in words that follow the name of the field. */
export const CONTEXT_RULE = `must be an array of at most ${MOST_FIELDS} fields, { label, text, url?, copy? }`;

/** What is wrong with a context, without its values; undefined when nothing is. */
export function problemOfContext(given: unknown): string | undefined {
  if (!Array.isArray(given)) return `it is ${kindOf(given)} instead of an array`;
  if (given.length > MOST_FIELDS) {
    return `it has ${given.length} fields, of ${MOST_FIELDS} at most`;
  }
  for (const [index, field] of given.entries()) {
    const problem = problemOfField(field);
    if (problem) return `field ${index} is unusable: ${problem}`;
  }
  const length = given.filter(isField).reduce((sum, field) => sum + lengthOf(field), 0);
  if (length <= MOST_CHARACTERS) return undefined;
  return `it has ${length} characters, of ${MOST_CHARACTERS} at most`;
}

/**
 * The fields of a context that was checked. What nothing can be seen of is left out; see {@link fittingFields} for what is too
 * long.
 */
export function storedFields(context: readonly ContextField[]): readonly StoredField[] {
  return context.flatMap(({ label: given, text, url, copy }): StoredField[] => {
    const label = sanitizeLabel(given);
    const rest = { url: url ?? undefined, copy: copy === true ? true : undefined };
    if (text instanceof Date) return [{ label, atMs: text.getTime(), ...rest }];
    const words = sanitizeLabel(String(text));
    return words === '' ? [] : [{ label, text: words, ...rest }];
  });
}

/** The fields as long as a card shows them. Call it when they are masked: nobody knows half a number for one. */
export function fittingFields(fields: readonly StoredField[]): readonly StoredField[] {
  return fields.map(({ label, text, ...rest }) => ({
    label: cut(label, LONGEST_LABEL),
    ...(text !== undefined && { text: cut(text, LONGEST_TEXT) }),
    ...rest,
  }));
}

/**
 * The fields that a method has returned, as they are stored.
 *
 * @throws {@link UnusableContextError} When they are no context.
 */
export function checkedContext(returned: unknown): readonly StoredField[] {
  if (isContext(returned)) return storedFields(returned);
  throw new UnusableContextError(
    `what it returned is no context: ${problemOfContext(returned) ?? ''}`,
  );
}

/** As many fields as a card shows. */
export function mostFields(fields: readonly StoredField[]): readonly StoredField[] {
  return fields.slice(0, MOST_FIELDS);
}

function isContext(given: unknown): given is readonly ContextField[] {
  return problemOfContext(given) === undefined;
}

function isField(given: unknown): given is ContextField {
  return problemOfField(given) === undefined;
}

function problemOfField(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return `it is ${kindOf(given)}`;
  const field = (name: keyof ContextField): unknown => Reflect.get(given, name);
  const [label, text, url, copy] = [field('label'), field('text'), field('url'), field('copy')];
  if (typeof label !== 'string' || sanitizeLabel(label) === '') {
    return `label must be a string that is not blank, got ${kindOf(label)}`;
  }
  const isDate = text instanceof Date && !Number.isNaN(text.getTime());
  if (typeof text !== 'string' && !Number.isFinite(text) && !isDate) {
    return `text must be a string, a finite number or a valid Date, got ${kindOf(text)}`;
  }
  if (url !== undefined && url !== null && !isWebLink(url)) return `url ${WEB_LINK_RULE}`;
  if (copy !== undefined && copy !== null && typeof copy !== 'boolean') {
    return `copy must be true or false, got ${kindOf(copy)}`;
  }
  return undefined;
}

function lengthOf({ label, text, url }: ContextField): number {
  const words = typeof text === 'string' ? text.length : 0;
  return label.length + words + (url?.length ?? 0);
}

function cut(line: string, length: number): string {
  return line.length <= length ? line : `${line.slice(0, length - 1).toWellFormed()}…`;
}
