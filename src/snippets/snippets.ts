import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { html, joinHtml, type Html } from '../notices/html.js';
import { neutralizeMentions } from '../notices/neutralize-mentions.js';
import { fillIn, type FilledText } from '../texts/fill-in.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import type { Agent } from '../updates/agent.js';

/** How much is shown of each in the list, and of what a customer gets. */
const PREVIEW_LENGTH = 60;
const SHOWN_LENGTH = 3_500;

/** More do not fit in a message. */
const MOST_LISTED = 40;

/** The prepared answers of the option `replies.snippets`. */
@Injectable()
export class Snippets {
  readonly #texts: ReadonlyMap<string, string>;

  constructor(private readonly settings: TelegramSettings) {
    this.#texts = new Map(Object.entries(settings.replies.snippets));
  }

  /** What the customer gets of a snippet, or which values are missing; null when there is none of the name. */
  fill(
    name: string,
    threadId: string,
    record: ThreadRecord | null,
    agent: Agent,
  ): FilledText | null {
    const text = this.#texts.get(name);
    if (text === undefined) return null;
    return fillIn(text, {
      'customer.name': this.#unmasked(record?.customerName),
      'customer.email': this.#unmasked(record?.customerEmail),
      'agent.name': agent.name,
      threadId,
      subject: this.#unmasked(record?.subject),
    });
  }

  /** What is masked says nothing to the customer, and what is not yet is nothing for agents. */
  #unmasked(value: string | undefined): string | undefined {
    return value !== undefined && this.settings.masker.touches(value) ? undefined : value;
  }

  /** All of them, for agents. */
  list(): Html {
    const { texts } = this.settings;
    // As code, because Telegram would make a link of `customer.name`.
    const lines = [...this.#texts].slice(0, MOST_LISTED).map(([name, text]) => {
      const preview = html`<code>${cut(text, PREVIEW_LENGTH)}</code>`;
      return texts.html('snippetLine', { name, text: preview });
    });
    if (lines.length === 0) return texts.html('noSnippets');
    return html`${texts.html('snippets')}\n${joinHtml(lines, '\n')}`;
  }

  /** What agents see of a text that a customer gets, at once or later. */
  sent(text: string, isHeld: boolean): Html {
    const shown = neutralizeMentions(cut(text, SHOWN_LENGTH));
    return this.settings.texts.html(isHeld ? 'snippetHeld' : 'snippetSent', { text: shown });
  }

  /** That nothing was sent, because values are missing. */
  incomplete(missing: readonly string[]): Html {
    return this.settings.texts.html('snippetIncomplete', { values: missing.join(', ') });
  }
}

/** On one line where it is short. */
function cut(text: string, length: number): string {
  const words = length === PREVIEW_LENGTH ? text.replaceAll(/\s+/g, ' ') : text;
  return words.length > length ? `${words.slice(0, length).toWellFormed()}…` : words;
}
