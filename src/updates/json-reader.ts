import { sanitizeLabel } from '../notices/sanitize-text.js';

/** Longer names are shown with an ellipsis; the question of a poll has up to 300 characters. */
const LABEL_LENGTH = 300;

/** A field of a JSON value that may be anything; undefined where it has none. */
export function fieldOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** The items of a list; none where the value is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text on one line, without characters that hide or reorder text; empty when the value is no string. */
export function labelOf(value: unknown): string {
  const label = typeof value === 'string' ? sanitizeLabel(value) : '';
  if (label.length <= LABEL_LENGTH) return label;
  return `${label.slice(0, LABEL_LENGTH - 1).toWellFormed()}…`;
}
