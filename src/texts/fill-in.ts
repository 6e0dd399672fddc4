/** `{{name}}`, or `{{name|what stands there without a value}}`. */
const PLACEHOLDER = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g;

/** A text with its values, or the names of those that are missing. */
export type FilledText = { readonly text: string } | { readonly missing: readonly string[] };

/** Puts values into a text that the app has written. A value that is undefined or empty is missing. */
export function fillIn(
  text: string,
  values: Readonly<Record<string, string | undefined>>,
): FilledText {
  const missing = new Set<string>();
  const filled = text.replaceAll(PLACEHOLDER, (_, given: string, fallback?: string) => {
    const name = given.trim();
    const value = (Object.hasOwn(values, name) && values[name]) || fallback?.trim();
    if (value === undefined) missing.add(name);
    return value ?? '';
  });
  return missing.size > 0 ? { missing: [...missing] } : { text: filled };
}

/** What is wrong with the placeholders of a text; undefined when nothing is. */
export function problemOfPlaceholders(text: string, known: readonly string[]): string | undefined {
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (known.includes(name.trim())) continue;
    return `has no value for ${placeholder}; it may have ${known.map((each) => `{{${each}}}`).join(', ')}`;
  }
  const rest = text.replaceAll(PLACEHOLDER, '');
  return /\{\{|\}\}/.test(rest) ? 'has a placeholder that is not complete' : undefined;
}
