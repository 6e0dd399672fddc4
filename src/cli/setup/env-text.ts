/**
 * An assignment in a `.env` file. A value in quotes may have several lines, and what looks like an assignment there is
 * none.
 */
const ASSIGNMENT =
  /^([ \t]*(?:export[ \t]+)?)([\w.-]+)([ \t]*=[ \t]*)('[^']*'|"(?:\\"|[^"])*"|`[^`]*`|[^#\r\n]*?)([ \t]*(?:#[^\r\n]*)?)$/gm;

/** Readers of such files stop at these characters, or read them in another way, outside of quotes. */
const NEEDS_QUOTES = /[\s#'"`\\$]/;

/**
 * Sets variables in the text of a `.env` file. All else stays as it is: other variables, their order, comments, the
 * ends of lines.
 */
export function setVariables(text: string, values: Readonly<Record<string, string>>): string {
  const present = new Set<string>();
  const changed = text.replaceAll(
    ASSIGNMENT,
    (line: string, start: string, name: string, equals: string, _value: string, end: string) => {
      const value = values[name];
      if (value === undefined) return line;
      present.add(name);
      return `${start}${name}${equals}${quoted(value)}${end}`;
    },
  );
  const missing = Object.entries(values).filter(([name]) => !present.has(name));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const isOpen = changed !== '' && !changed.endsWith('\n');
  const added = missing.map(([name, value]) => `${name}=${quoted(value)}${newline}`);
  return added.length === 0 ? changed : [changed, isOpen ? newline : '', ...added].join('');
}

function quoted(value: string): string {
  return NEEDS_QUOTES.test(value) ? `'${value}'` : value;
}
