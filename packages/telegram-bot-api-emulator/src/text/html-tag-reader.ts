import { lowerAscii } from './lower-ascii.js';
import type { HtmlCursor } from './html-cursor.js';

/** A start tag that Telegram knows. */
export interface HtmlStartTag {
  /** Lower case. */
  readonly name: string;
  /** What the tag's one meaningful attribute says; empty without it. */
  readonly argument: string;
  /** The second attribute of `tg-time`; empty for all others. */
  readonly format: string;
}

/** td: MessageEntity.cpp:3351-3354. */
const TAG_NAMES = new Set([
  'a',
  'b',
  'strong',
  'i',
  'em',
  's',
  'strike',
  'del',
  'u',
  'ins',
  'tg-spoiler',
  'tg-emoji',
  'tg-time',
  'span',
  'pre',
  'code',
  'blockquote',
]);

/** Which attribute of which tag means something, and what its value must begin with. */
const ARGUMENTS = new Map([
  ['a href', ''],
  ['code class', 'language-'],
  ['span class', 'tg-'],
  ['tg-emoji emoji-id', ''],
  ['tg-time unix', ''],
]);

/** Reads start tags, with Telegram's words for what is wrong in them. */
export class HtmlTagReader {
  readonly #cursor: HtmlCursor;

  constructor(cursor: HtmlCursor) {
    this.#cursor = cursor;
  }

  /** Reads the tag whose `<` the cursor has just passed; leaves the cursor on its `>`. */
  readStartTag(): HtmlStartTag {
    const cursor = this.#cursor;
    const begin = cursor.position - 1;
    const name = lowerAscii(cursor.readUntil('>'));
    if (cursor.atEnd) throw cursor.fail('Unclosed start tag', begin);
    if (!TAG_NAMES.has(name)) throw cursor.fail(`Unsupported start tag "${name}"`, begin);

    let argument = '';
    let format = '';
    while (cursor.peek() !== '>') {
      cursor.skipSpaces();
      if (cursor.peek() === '>') break;
      const attribute = cursor.readUntil('=>/"\'');
      if (attribute === '') {
        throw cursor.fail(`Empty attribute name in the tag "${name}"`, begin);
      }
      const value = this.#readValue(name, begin);
      const prefix = ARGUMENTS.get(`${name} ${attribute}`);
      if (name === 'blockquote' && attribute === 'expandable') argument = '1';
      else if (value === undefined) continue;
      else if (name === 'tg-time' && attribute === 'format') format = value;
      else if (prefix !== undefined && value.startsWith(prefix)) {
        argument = value.slice(prefix.length);
      }
    }
    if (name === 'span' && argument !== 'spoiler') {
      throw cursor.fail('Tag "span" must have class "tg-spoiler"', begin);
    }
    return { name, argument, format };
  }

  /** Reads `= value`; undefined when the attribute has none. */
  #readValue(name: string, begin: number): string | undefined {
    const cursor = this.#cursor;
    cursor.skipSpaces();
    if (cursor.peek() !== '=' && !cursor.atEnd) return undefined;
    if (!cursor.atEnd) cursor.position++;
    cursor.skipSpaces();
    if (cursor.atEnd) throw cursor.fail(`Unclosed start tag "${name}"`, begin);
    const isQuoted = cursor.peek() === '"' || cursor.peek() === "'";
    const value = isQuoted ? this.#readQuoted() : this.#readToken();
    if (cursor.atEnd) throw cursor.fail('Unclosed start tag', begin);
    return value;
  }

  #readQuoted(): string {
    const cursor = this.#cursor;
    const quote = cursor.peek();
    cursor.position++;
    let value = '';
    while (!cursor.atEnd && cursor.peek() !== quote) {
      const decoded = cursor.peek() === '&' ? cursor.readReference() : undefined;
      value += decoded ?? cursor.peek();
      if (decoded === undefined) cursor.position++;
    }
    if (cursor.peek() === quote) cursor.position++;
    return value;
  }

  #readToken(): string {
    const cursor = this.#cursor;
    const begin = cursor.position;
    while (/^[a-z0-9.-]$/i.test(cursor.peek())) cursor.position++;
    if (!cursor.atSpace && cursor.peek() !== '>') {
      throw cursor.fail('Unexpected end of name token', begin);
    }
    return lowerAscii(cursor.source.slice(begin, cursor.position));
  }
}
