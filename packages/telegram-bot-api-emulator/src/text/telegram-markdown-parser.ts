import { type EntityContent, readTextLink } from './entity-link-reader.js';
import type { FormattedText, TextEntity } from './formatted-text.interface.js';
import { MarkdownCursor } from './markdown-cursor.js';
import { TextError } from './text.error.js';

/** What may be escaped, and begins an entity where it is not. */
const MARKS = /[_*`[]/;

/**
 * Reads a text in Telegram's first Markdown, in which entities are never nested and nothing inside
 * of them is escaped (td: MessageEntity.cpp, `parse_markdown`). The offsets of the entities are
 * those of the text before it is cleaned.
 */
export class TelegramMarkdownParser {
  readonly #cursor: MarkdownCursor;
  readonly #entities: TextEntity[] = [];
  #text = '';

  private constructor(markdown: string) {
    this.#cursor = new MarkdownCursor(markdown);
  }

  /** @throws {@link TextError} When an entity has no end. */
  static parse(markdown: string): FormattedText {
    return new TelegramMarkdownParser(markdown).#parse();
  }

  #parse(): FormattedText {
    const cursor = this.#cursor;
    while (!cursor.atEnd) {
      if (MARKS.test(cursor.peek())) {
        this.#readEntity();
        continue;
      }
      if (cursor.peek() === '\\' && MARKS.test(cursor.source.charAt(cursor.position + 1))) {
        cursor.position++;
      }
      this.#text += cursor.peek();
      cursor.position++;
    }
    return { text: this.#text, entities: this.#entities };
  }

  #readEntity(): void {
    const cursor = this.#cursor;
    const begin = cursor.position;
    const mark = cursor.startsWith('```') ? '```' : cursor.peek();
    const endMark = mark === '[' ? ']' : mark;
    cursor.position += mark.length;
    const language = mark === '```' ? cursor.readCodeHeader() : '';

    const end = cursor.source.indexOf(endMark, cursor.position);
    if (end < 0) {
      const place = cursor.byteOffset(begin);
      throw new TextError(`Can't find end of the entity starting at byte offset ${place}`);
    }
    const content = cursor.source.slice(cursor.position, end);
    const range = { offset: this.#text.length, length: content.length };
    cursor.position = end + endMark.length;
    // Telegram does not look for a link behind an empty text: the parentheses stay in the message.
    if (content === '') return;
    const entity = mark === '[' ? this.#readLink(begin, content) : styleOf(mark, language);
    if (entity) this.#entities.push({ ...entity, ...range });
    this.#text += content;
  }

  #readLink(begin: number, content: string): EntityContent | undefined {
    const cursor = this.#cursor;
    if (cursor.peek() !== '(') return readTextLink(this.#overwrittenLink(begin, content));
    const close = cursor.source.indexOf(')', cursor.position);
    const end = close < 0 ? cursor.source.length : close;
    const link = cursor.source.slice(cursor.position + 1, end);
    cursor.position = end + 1;
    return readTextLink(link);
  }

  /**
   * The text of a link is its URL when no other follows, but td takes it from where it was read,
   * over which the same text, shifted by the markup before it, has been written by then.
   */
  #overwrittenLink(begin: number, content: string): string {
    const shift = this.#cursor.byteOffset(begin) - Buffer.byteLength(this.#text) + 1;
    return Buffer.from(content).copyWithin(0, shift).toString();
  }
}

function styleOf(mark: string, language: string): EntityContent {
  if (mark === '*') return { type: 'bold' };
  if (mark === '_') return { type: 'italic' };
  if (mark === '`') return { type: 'code' };
  return language === '' ? { type: 'pre' } : { type: 'pre', language };
}
