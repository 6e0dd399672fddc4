import { TextError } from './text.error.js';

/** A position in a text in one of Telegram's Markdowns. */
export class MarkdownCursor {
  /** Index of the current UTF-16 code unit. */
  position = 0;

  constructor(readonly source: string) {}

  /** The current UTF-16 code unit; empty at the end. */
  peek(): string {
    return this.source.charAt(this.position);
  }

  /** Whether there is nothing left to read. */
  get atEnd(): boolean {
    return this.position >= this.source.length;
  }

  /** Whether `token` is next. */
  startsWith(token: string): boolean {
    return this.source.startsWith(token, this.position);
  }

  /** Where an index of the source lies in its UTF-8 form. */
  byteOffset(index: number): number {
    return Buffer.byteLength(this.source.slice(0, index));
  }

  /**
   * Reads what may stand between the three backticks and the code of a block: a language, which is
   * none when backticks or the end of the text follow it, and one line break.
   */
  readCodeHeader(): string {
    const word = this.#match(/[^ \t\r\n\0\v`]*/y);
    const next = this.source.charAt(this.position + word.length);
    const language = next === '' || next === '`' ? '' : word;
    this.position += language.length;
    this.position += this.#match(/\r\n|\n\r|[\r\n]|/y).length;
    return language;
  }

  /**
   * Reads the rest of a link in parentheses of MarkdownV2, whose `(` the cursor has just passed,
   * and its `)`.
   */
  readLink(): string {
    const begin = this.position;
    let link = '';
    while (!this.atEnd && this.peek() !== ')') {
      if (this.atEscape) this.position++;
      link += this.peek();
      this.position++;
    }
    if (this.atEnd) {
      throw new TextError(`Can't find end of a URL at byte offset ${this.byteOffset(begin)}`);
    }
    this.position++;
    return link;
  }

  /** Whether a backslash of MarkdownV2 is next: one before an ASCII character, but NUL and DEL. */
  get atEscape(): boolean {
    const escaped = this.source.charCodeAt(this.position + 1);
    return this.peek() === '\\' && escaped > 0 && escaped <= 126;
  }

  #match(sticky: RegExp): string {
    sticky.lastIndex = this.position;
    return sticky.exec(this.source)?.[0] ?? '';
  }
}
