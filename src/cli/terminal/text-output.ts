import { styleText } from 'node:util';
import { wrapText } from './wrap-text.js';

/** Narrower than most terminals, and what terminals without a width have. */
const MAX_WIDTH = 80;

const MIN_WIDTH = 40;

/** A color, or `bold`. */
export type Style = 'green' | 'yellow' | 'red' | 'gray' | 'bold';

/** Where texts go: the standard output of a process, or its error stream. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Writes texts for people: wrapped to the width of the terminal, and in color only there. */
export class TextOutput {
  readonly #stream: TextStream;
  readonly #hasColors: boolean;

  /** @param env Its `NO_COLOR` is respected, see https://no-color.org. */
  constructor(stream: TextStream, env: NodeJS.ProcessEnv) {
    this.#stream = stream;
    this.#hasColors = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  }

  /** Writes a text as it is. */
  raw(text: string): void {
    this.#stream.write(text);
  }

  /**
   * Writes a paragraph.
   *
   * @param indent What its first line begins with; the others are indented by as many spaces.
   * @param style Of what its first line begins with.
   */
  paragraph(text = '', indent = '', style?: Style): void {
    const width = Math.min(Math.max(this.#stream.columns || MAX_WIDTH, MIN_WIDTH), MAX_WIDTH);
    const lines = wrapText(text, width - indent.length);
    for (const [index, line] of lines.entries()) {
      const start = index === 0 ? this.#styled(indent, style) : ' '.repeat(indent.length);
      this.#stream.write(`${start}${line}`.trimEnd() + '\n');
    }
  }

  /** Writes a line that stays whole, such as a link or what is to be copied. */
  line(text: string): void {
    this.#stream.write(`${text}\n`);
  }

  #styled(text: string, style: Style | undefined): string {
    if (!style || !this.#hasColors) return text;
    return styleText(style, text);
  }
}
