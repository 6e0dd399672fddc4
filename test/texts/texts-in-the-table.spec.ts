import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const source = new URL('../../src/', import.meta.url);

/** What agents read begins with one of these, or is markup. */
const MARKS = /^['"`](?:⚠️|ℹ️|✅|❌|⏳|🔄|🗑|✏️|↪️|🆕|⭐)\s*[a-z]{2}/iu;
const LITERALS = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
const COMMENTS = /\/\*[^]*?\*\/|\/\/ .*$/gm;

/** What is written in a source file although agents read it. */
function foreignTextsOf(file: string): string[] {
  const code = file.replaceAll(COMMENTS, '');
  const marked = [...code.matchAll(LITERALS)]
    .map(([text]) => text)
    .filter((text) => MARKS.test(text));
  const markup = [...code.matchAll(/html`([^`]*)`/g)]
    .map(([, text = '']) => text)
    .filter((text) => /[a-z]{2}/i.test(text.replaceAll(/\$\{[^]*?\}|\$\{[^]*$|<[^>]*>|\\n/g, '')));
  return [...marked, ...markup];
}

it('finds a text that stands outside of the table', () => {
  expect(foreignTextsOf('const text = html`<b>Hello</b> ${name}`;')).toEqual([
    '<b>Hello</b> ${name}',
  ]);
  expect(foreignTextsOf("return '⚠️ Nothing was done';")).toEqual(["'⚠️ Nothing was done'"]);
  expect(foreignTextsOf('/** html`<b>Hello</b>` */ const text = html`<b>${name}</b>`;')).toEqual(
    [],
  );
});

it('has no text to agents outside of the table', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.spec\.ts$|^texts\/|^chat-widget\/widget\//.test(file),
  );
  const foreign = files.flatMap((file) =>
    foreignTextsOf(readFileSync(new URL(file, source), 'utf8')).map((text) => `${file}: ${text}`),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(foreign).toEqual([]);
});
