import type { BotApiParameter } from '../parameters/bot-api-parameters.js';

type Entry = readonly [string, BotApiParameter];

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const SCALAR = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads a JSON body as Telegram's server does: the parameters are the fields of the one object,
 * `null` is the text `null`, and where the JSON breaks reading ends without an error, keeping the
 * parameters so far (td: HttpReader.cpp:218-226, 681-699).
 */
export class JsonBodyParser {
  readonly #source: string;
  readonly #entries: Entry[] = [];
  #position = 0;

  private constructor(source: string) {
    this.#source = source;
  }

  static parse(source: string): readonly Entry[] {
    const parser = new JsonBodyParser(source);
    try {
      parser.#readObject();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    return parser.#entries;
  }

  #readObject(): void {
    this.#expect('{');
    if (this.#skip('}')) return;
    do {
      const name = this.#readString();
      this.#expect(':');
      this.#entries.push([name, this.#readValue()]);
    } while (this.#skip(','));
    this.#expect('}');
  }

  #readString(): string {
    const value = parseJson(this.#take(STRING));
    if (typeof value !== 'string') throw new SyntaxError('a text is expected');
    return value;
  }

  #readValue(): BotApiParameter {
    this.#take(SPACE);
    const next = this.#source.charAt(this.#position);
    if (next === '"') {
      const text = this.#readString();
      return { text, value: text };
    }
    const text = next === '{' || next === '[' ? this.#takeContainer() : this.#take(SCALAR);
    return { text, value: parseJson(text) };
  }

  #takeContainer(): string {
    const start = this.#position;
    let depth = 0;
    do {
      const next = this.#source.charAt(this.#position);
      if (next === '"') {
        this.#take(STRING);
        continue;
      }
      if (next === '') throw new SyntaxError('the end is missing');
      if ('{['.includes(next)) depth++;
      if ('}]'.includes(next)) depth--;
      this.#position++;
    } while (depth > 0);
    return this.#source.slice(start, this.#position);
  }

  #take(expression: RegExp): string {
    if (expression !== SPACE) this.#take(SPACE);
    const sticky = new RegExp(expression);
    sticky.lastIndex = this.#position;
    const found = sticky.exec(this.#source);
    if (!found) throw new SyntaxError(`unexpected character at ${this.#position}`);
    this.#position = sticky.lastIndex;
    return found[0];
  }

  #skip(character: string): boolean {
    this.#take(SPACE);
    const found = this.#source.charAt(this.#position) === character;
    if (found) this.#position++;
    return found;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) throw new SyntaxError(`"${character}" is expected`);
  }
}

/** Unlike JSON.parse, lets control characters stand in texts. */
function parseJson(source: string): unknown {
  const escaped = source.replace(/"(?:[^"\\]|\\.)*"/gs, (token) =>
    token.replace(
      /\p{Cc}/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
  return JSON.parse(escaped);
}
