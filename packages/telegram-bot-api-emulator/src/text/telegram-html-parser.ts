import { lowerAscii } from './lower-ascii.js';
import { readDateTimeFormat } from './format-date-time.js';
import type { FormattedText, TextEntity } from './formatted-text.interface.js';
import { HtmlCursor } from './html-cursor.js';
import { type HtmlStartTag, HtmlTagReader } from './html-tag-reader.js';
import { checkLink, linkedUserId } from './telegram-link.js';
import { TextError } from './text.error.js';

interface OpenTag extends HtmlStartTag {
  readonly offset: number;
}

const SIMPLE_ENTITIES = new Map<string, TextEntity['type']>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['tg-spoiler', 'spoiler'],
  ['span', 'spoiler'],
]);

/**
 * Reads a text in Telegram's HTML: which tags there are, what they become and the exact words for
 * each mistake (td: MessageEntity.cpp, `parse_html`). The entities come in the order in which
 * their tags were closed, with offsets into the text as it was written, before it is cleaned.
 */
export class TelegramHtmlParser {
  readonly #cursor: HtmlCursor;
  readonly #tags: HtmlTagReader;
  readonly #open: OpenTag[] = [];
  #entities: TextEntity[] = [];
  #text = '';

  private constructor(html: string) {
    this.#cursor = new HtmlCursor(html);
    this.#tags = new HtmlTagReader(this.#cursor);
  }

  /** @throws {@link TextError} When a tag is wrong. */
  static parse(html: string): FormattedText {
    return new TelegramHtmlParser(html).#parse();
  }

  #parse(): FormattedText {
    const cursor = this.#cursor;
    while (cursor.position < cursor.source.length) {
      if (cursor.peek() === '<') {
        this.#readTag();
        continue;
      }
      const decoded = cursor.peek() === '&' ? cursor.readReference() : undefined;
      this.#text += decoded ?? cursor.peek();
      if (decoded === undefined) cursor.position++;
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) {
      throw new TextError(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
    }
    if (cursor.sawSurrogate) {
      throw new TextError(
        'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
      );
    }
    const entities = this.#entities.map((entity) =>
      entity.type === 'code' ? { ...entity, language: undefined } : entity,
    );
    return { text: this.#text, entities };
  }

  #readTag(): void {
    const cursor = this.#cursor;
    cursor.position++;
    if (cursor.peek() === '/') {
      this.#readEndTag();
    } else {
      this.#open.push({ ...this.#tags.readStartTag(), offset: this.#text.length });
    }
    cursor.position++;
  }

  #readEndTag(): void {
    const cursor = this.#cursor;
    const begin = cursor.position - 1;
    const tag = this.#open.pop();
    if (!tag) throw cursor.fail('Unexpected end tag', begin);
    const name = lowerAscii(cursor.readUntil('>').slice(1));
    cursor.skipSpaces();
    if (cursor.peek() !== '>') throw cursor.fail('Unclosed end tag', begin);
    if (name !== '' && name !== tag.name) {
      const more = `, expected "</${tag.name}>", found "</${name}>"`;
      throw cursor.fail('Unmatched end tag', begin, more);
    }
    if (this.#text.length > tag.offset) this.#close(tag);
  }

  #close(tag: OpenTag): void {
    const range = { offset: tag.offset, length: this.#text.length - tag.offset };
    const type = SIMPLE_ENTITIES.get(tag.name);
    if (type) this.#entities.push({ type, ...range });
    else if (tag.name === 'a') this.#closeLink(tag, range);
    else if (tag.name === 'pre' || tag.name === 'code') this.#closeCode(tag, range);
    else if (tag.name === 'tg-emoji') this.#closeEmoji(tag, range);
    else if (tag.name === 'tg-time') this.#closeTime(tag, range);
    else {
      const quote = tag.argument === '' ? 'blockquote' : 'expandable_blockquote';
      this.#entities.push({ type: quote, ...range });
    }
  }

  #closeLink(tag: OpenTag, range: { offset: number; length: number }): void {
    const href = tag.argument === '' ? this.#text.slice(tag.offset) : tag.argument;
    const userId = linkedUserId(href);
    const url = checkLink(href);
    if (userId !== undefined) this.#entities.push({ type: 'text_mention', userId, ...range });
    else if (url !== undefined) this.#entities.push({ type: 'text_link', url, ...range });
  }

  /** `<pre><code class="language-x">` in either order is one block with a language. */
  #closeCode(tag: OpenTag, range: { offset: number; length: number }): void {
    const type = tag.name === 'pre' ? 'pre' : 'code';
    const inner = this.#entities.at(-1);
    const language = (type === 'pre' ? inner?.language : tag.argument) || undefined;
    if (
      language !== undefined &&
      inner?.type === (type === 'pre' ? 'code' : 'pre') &&
      inner.offset === range.offset &&
      inner.length === range.length
    ) {
      this.#entities[this.#entities.length - 1] = { type: 'pre', language, ...range };
    } else if (type === 'pre') {
      this.#entities.push({ type, ...range });
    } else {
      this.#entities.push({ type, language, ...range });
    }
  }

  #closeEmoji(tag: OpenTag, range: { offset: number; length: number }): void {
    if (!/^-?\d{1,19}$/.test(tag.argument) || /^-?0+$/.test(tag.argument)) {
      throw new TextError('Invalid custom emoji identifier specified');
    }
    this.#entities.push({ type: 'custom_emoji', customEmojiId: tag.argument, ...range });
  }

  #closeTime(tag: OpenTag, range: { offset: number; length: number }): void {
    const dateTimeFormat = readDateTimeFormat(tag.format);
    if (dateTimeFormat === undefined || !/^-?\d{1,10}$/.test(tag.argument)) {
      throw new TextError('Invalid date format used');
    }
    const unixTime = Number(tag.argument);
    this.#entities.push({ type: 'date_time', unixTime, dateTimeFormat, ...range });
  }
}
