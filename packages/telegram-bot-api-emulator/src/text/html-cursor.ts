import { TextError } from './text.error.js';

const NAMED_REFERENCES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** A number reference that takes this many characters or more stays as it is written. */
const LONGEST_NUMBER_REFERENCE = 10;

/** A position in a text with HTML tags. The end of the text and NUL count as white space. */
export class HtmlCursor {
  /** Index of the current UTF-16 code unit. */
  position = 0;
  /** Whether a number reference named half of a surrogate pair, which no UTF-8 text may hold. */
  sawSurrogate = false;

  constructor(readonly source: string) {}

  /** The current UTF-16 code unit; empty at the end. */
  peek(): string {
    return this.source.charAt(this.position);
  }

  /** Whether there is nothing left to read. */
  get atEnd(): boolean {
    return this.peek() === '' || this.peek() === '\0';
  }

  /** Whether white space, or the end, is next. */
  get atSpace(): boolean {
    return ' \t\r\n\0\v'.includes(this.peek());
  }

  /** Moves over white space. */
  skipSpaces(): void {
    while (!this.atEnd && this.atSpace) this.position++;
  }

  /** Reads up to white space or one of `delimiters`. */
  readUntil(delimiters: string): string {
    const start = this.position;
    while (!this.atSpace && !delimiters.includes(this.peek())) this.position++;
    return this.source.slice(start, this.position);
  }

  /** The error `what`, with the place in the UTF-8 form of the text, and more to be said of it. */
  fail(what: string, position: number, more = ''): TextError {
    const place = Buffer.byteLength(this.source.slice(0, position));
    return new TextError(`${what} at byte offset ${place}${more}`);
  }

  /** Reads the character reference at the current `&`; undefined, without moving, if there is none. */
  readReference(): string | undefined {
    const match = /&(?:#x([0-9a-f]*)|#([0-9]*)|([a-z]*));?/iy;
    match.lastIndex = this.position;
    const found = match.exec(this.source);
    if (!found) return undefined;
    const [whole, hexadecimal, decimal, name] = found;
    const decoded =
      name === undefined
        ? this.#decodeNumber(whole, hexadecimal, decimal)
        : NAMED_REFERENCES.get(name);
    if (decoded !== undefined) this.position += whole.length;
    return decoded;
  }

  #decodeNumber(whole: string, hexadecimal?: string, decimal?: string): string | undefined {
    if (whole.startsWith('&#X')) return undefined;
    if (whole.replace(';', '').length >= LONGEST_NUMBER_REFERENCE) return undefined;
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    if (!(code > 0 && code < 0x10ffff)) return undefined;
    if (code >= 0xd800 && code <= 0xdfff) this.sawSurrogate = true;
    return String.fromCodePoint(code);
  }
}
