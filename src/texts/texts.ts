import { html, Html, type HtmlValue } from '../notices/html.js';
import type { AgentTexts, TextArguments, TextKey } from './agent-texts.interface.js';

const PLACEHOLDER = /\{(\w+)\}/g;

/** Writes texts to agents, in the language of the desk. */
export class Texts {
  readonly #table: AgentTexts;

  constructor(table: AgentTexts) {
    this.#table = table;
  }

  /** A text as markup, with its values, which are escaped unless they are markup themselves. */
  html<Key extends TextKey>(key: Key, ...[values]: TextArguments<Key>): Html {
    const known: Readonly<Record<string, HtmlValue>> = values ?? {};
    const filled = this.#table[key].replaceAll(PLACEHOLDER, (placeholder, name: string) =>
      Object.hasOwn(known, name) ? html`${known[name]}`.toString() : placeholder,
    );
    return new Html(filled);
  }

  /** A text without markup, for buttons, menus and the answer to a press. */
  plain<Key extends TextKey>(key: Key, ...values: TextArguments<Key>): string {
    return this.html(key, ...values).toPlainText();
  }
}

/** The names in braces of a text, in the order of the alphabet. */
export function placeholdersOf(text: string): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return [...new Set(names)].toSorted();
}
