import { fittingFields } from './read-context.js';
import type { StoredField } from './stored-field.interface.js';

/** What the app says of a thread, without what is hidden in its words, and as long as a card shows it. */
export function maskedFields(
  fields: readonly StoredField[],
  hide: (text: string) => string,
): readonly StoredField[] {
  const masked = fields.map(({ label, text, ...rest }) => ({
    label: hide(label),
    ...(text !== undefined && { text: hide(text) }),
    ...rest,
  }));
  return fittingFields(masked);
}
