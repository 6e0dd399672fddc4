import { type EntityContent, readMarkedLink, readTextLink } from './entity-link-reader.js';
import type { FormattedText, TextEntity } from './formatted-text.interface.js';
import { MARKDOWN_V2_MARKS, type MarkdownV2Mark } from './markdown-v2-mark.js';
import { MarkdownCursor } from './markdown-cursor.js';
import { TextError } from './text.error.js';

interface OpenEntity extends MarkdownV2Mark {
  /** Index of its mark in the source. */
  readonly begin: number;
  /** Where it begins in the text. */
  readonly offset: number;
  /** Of a block of code; empty without one. */
  readonly language: string;
}

const RESERVED = '_*[]()~`>#+-=|{}.!\n';
const RESERVED_IN_CODE = '`';

/**
 * Reads a text in MarkdownV2: nested entities, quotes, escapes and the exact words for each mistake
 * (td: MessageEntity.cpp, `parse_markdown_v2`). The entities come in the order in which they were
 * closed, with offsets into the text before it is cleaned.
 */
export class TelegramMarkdownV2Parser {
  readonly #cursor: MarkdownCursor;
  readonly #open: OpenEntity[] = [];
  readonly #entities: TextEntity[] = [];
  #text = '';
  #atLineStart = true;
  #inQuote = false;

  private constructor(markdown: string) {
    this.#cursor = new MarkdownCursor(markdown);
  }

  /** @throws {@link TextError} When a character, a link or an entity is wrong. */
  static parse(markdown: string): FormattedText {
    return new TelegramMarkdownV2Parser(markdown).#parse();
  }

  #parse(): FormattedText {
    const cursor = this.#cursor;
    while (!cursor.atEnd) {
      const innermost = this.#open.at(-1);
      const isCode = innermost?.type === 'code' || innermost?.type === 'pre';
      const reserved = isCode ? RESERVED_IN_CODE : RESERVED;
      if (cursor.atEscape) {
        cursor.position++;
        this.#readCharacter(cursor.peek() === '\n');
      } else if (!reserved.includes(cursor.peek())) {
        this.#readCharacter(false);
      } else if (innermost && this.#endsQuote()) {
        this.#closeQuote(innermost);
      } else if (innermost && this.#ends(innermost)) {
        this.#close(innermost);
      } else {
        this.#readStart();
      }
    }
    const last = this.#open.at(-1);
    if (last && this.#inQuote) this.#closeQuote(last);
    const unclosed = this.#open.at(-1);
    if (unclosed) throw this.#missingEnd(unclosed);
    return { text: this.#text, entities: this.#entities };
  }

  #readCharacter(isLineBreak: boolean): void {
    const character = this.#cursor.peek();
    if (character !== '\r') this.#atLineStart = isLineBreak;
    this.#text += character;
    this.#cursor.position++;
  }

  #readStart(): void {
    const cursor = this.#cursor;
    if (cursor.peek() === '\n') {
      this.#readCharacter(true);
      return;
    }
    const mark = MARKDOWN_V2_MARKS.find(({ start }) => cursor.startsWith(start));
    const isQuote = mark?.type === 'blockquote';
    if (!mark || (isQuote && !this.#atLineStart)) {
      const character = cursor.peek();
      throw new TextError(
        `Character '${character}' is reserved and must be escaped with the preceding '\\'`,
      );
    }
    const begin = cursor.position;
    cursor.position += mark.start.length;
    const language = mark.type === 'pre' ? cursor.readCodeHeader() : '';
    if (!isQuote || !this.#inQuote) {
      this.#open.push({ ...mark, begin, offset: this.#text.length, language });
    }
    this.#inQuote ||= isQuote;
  }

  /** Whether a line break is next that ends a quote. */
  #endsQuote(): boolean {
    const cursor = this.#cursor;
    return this.#inQuote && cursor.peek() === '\n' && !cursor.startsWith('\n>');
  }

  #ends({ type, end }: OpenEntity): boolean {
    if (end === undefined || !this.#cursor.startsWith(end)) return false;
    return type !== 'italic' || !this.#cursor.startsWith('__');
  }

  #close(entity: OpenEntity): void {
    this.#open.pop();
    this.#cursor.position += entity.end?.length ?? 0;
    const content = this.#readContent(entity);
    if (content) this.#add(entity, content);
  }

  #readContent({ type, offset, language }: OpenEntity): EntityContent | undefined {
    if (type === 'custom_emoji') {
      const link = this.#readLink();
      if (link === undefined) {
        throw new TextError('The entity must contain a tg://emoji or tg://time URL');
      }
      const content = readMarkedLink(link);
      if (!content) throw new TextError('Invalid tg://emoji or tg://time URL specified');
      return content;
    }
    if (type === 'text_link') return readTextLink(this.#readLink() ?? this.#text.slice(offset));
    return language === '' ? { type } : { type, language };
  }

  /** Reads the link in parentheses behind an entity; undefined when there is none. */
  #readLink(): string | undefined {
    if (this.#cursor.peek() !== '(') return undefined;
    this.#cursor.position++;
    return this.#cursor.readLink();
  }

  /** Closes the quote with its last line; a spoiler begun at the end of it makes it expandable. */
  #closeQuote(innermost: OpenEntity): void {
    const isExpandable = this.#beginsAtLineEnd(innermost);
    if (isExpandable) this.#open.pop();
    const quote = this.#open.pop();
    if (quote?.type !== 'blockquote') throw this.#missingEnd(quote ?? innermost);
    this.#inQuote = false;
    if (!this.#cursor.atEnd) this.#readCharacter(true);
    this.#add(quote, { type: isExpandable ? 'expandable_blockquote' : 'blockquote' });
  }

  #beginsAtLineEnd({ type, begin }: OpenEntity): boolean {
    if (type !== 'spoiler') return false;
    const behind = this.#cursor.position - begin;
    // td forgives a carriage return before a line break, but not at the end of the text.
    const forgives = !this.#cursor.atEnd && this.#text.endsWith('\r');
    return behind === 2 || (behind === 3 && forgives);
  }

  #add({ offset }: OpenEntity, content: EntityContent): void {
    const length = this.#text.length - offset;
    if (length > 0) this.#entities.push({ ...content, offset, length });
  }

  #missingEnd({ kind, language, begin }: OpenEntity): TextError {
    const name = language === '' ? kind : 'PreCode';
    const place = this.#cursor.byteOffset(begin);
    return new TextError(`Can't find end of ${name} entity at byte offset ${place}`);
  }
}
