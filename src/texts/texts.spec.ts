import { describe, expect, it } from 'vitest';
import type { AgentTexts } from './agent-texts.interface.js';
import { ENGLISH } from './english.js';
import { LANGUAGES } from './languages.js';
import { placeholdersOf, Texts } from './texts.js';

describe('The texts to agents', () => {
  it.each(Object.entries(LANGUAGES))(
    'are all there in %s, with the same placeholders',
    (_, table) => {
      expect(outlineOf(table)).toEqual(outlineOf(ENGLISH));
      expect(Object.values(table)).not.toContainEqual(expect.stringMatching(/^\s*$/));
    },
  );

  it('are markup, or plain', () => {
    const texts = new Texts({ ...ENGLISH, helpDescription: 'All <b>commands</b> &amp; more' });
    expect(String(texts.html('helpDescription'))).toBe('All <b>commands</b> &amp; more');
    expect(texts.plain('helpDescription')).toBe('All commands & more');
  });
});

/** The placeholders of each text. */
function outlineOf(table: AgentTexts): Record<string, string[]> {
  const names = Object.entries(table).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(names.map(([name, text]) => [name, placeholdersOf(text)]));
}
