import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError } from '../command.error.js';
import type { TextOutput } from './text-output.js';

/** Where answers come from: the standard input of a process. */
export type AnswerStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Asks the person at the keyboard, where there is one. */
export class Questions {
  readonly #output: TextOutput;
  readonly #lines: string[] = [];
  readonly #reader: Interface | null;
  #waiting: { readonly take: (line: string) => void; readonly end: () => void } | undefined;
  #isEnded = false;
  #isHidden = false;

  /**
   * @param input Null when nobody can answer.
   * @param onInterrupt Called for Ctrl-C.
   */
  constructor(input: AnswerStream | null, output: TextOutput, onInterrupt: () => void) {
    this.#output = output;
    this.#reader = input && this.#open(input, onInterrupt);
  }

  /** Whether anybody answers. */
  get areAnswered(): boolean {
    return this.#reader !== null;
  }

  /** @returns What was typed, trimmed; `otherwise` when that is nothing. */
  async ask(question: string, otherwise = ''): Promise<string> {
    this.#show(otherwise === '' ? `${question}: ` : `${question} [${otherwise}]: `);
    return (await this.#next()).trim() || otherwise;
  }

  /** Asks until the answer is one of some. */
  async choose<T extends string>(question: string, among: readonly T[], otherwise: T): Promise<T> {
    for (;;) {
      const answer = await this.ask(`${question} (${among.join(', ')})`, otherwise);
      const chosen = among.find((each) => each === answer.toLowerCase());
      if (chosen !== undefined) return chosen;
    }
  }

  async confirm(question: string, otherwise: boolean): Promise<boolean> {
    const answer = await this.ask(`${question} (y/n)`, otherwise ? 'y' : 'n');
    return answer.toLowerCase().startsWith('y');
  }

  /** The same, without showing on a terminal what is typed. */
  async askSecretly(question: string): Promise<string> {
    this.#show(`${question}: `);
    this.#isHidden = true;
    try {
      return (await this.#next()).trim();
    } finally {
      this.#isHidden = false;
      this.#output.raw('\n');
    }
  }

  /**
   * Resolves with true when Enter is pressed, and with false when the signal is aborted before.
   */
  async enterPressed(signal: AbortSignal): Promise<boolean> {
    if (!this.#reader || this.#isEnded) return false;
    if (this.#lines.shift() !== undefined) return true;
    return new Promise((resolve) => {
      const settle = (isPressed: boolean): void => {
        this.#waiting = undefined;
        resolve(isPressed);
      };
      this.#waiting = { take: () => settle(true), end: () => settle(false) };
      signal.addEventListener('abort', () => settle(false), { once: true });
    });
  }

  /** Gives the terminal back. */
  close(): void {
    this.#reader?.close();
  }

  #show(question: string): void {
    this.#output.raw(question);
    // Drawn again when the answer is edited.
    this.#reader?.setPrompt(question);
  }

  #next(): Promise<string> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    return new Promise((resolve, reject) => {
      const end = (): void => reject(new CommandError('the input has ended before all answers'));
      if (this.#isEnded || !this.#reader) {
        end();
        return;
      }
      const take = (answer: string): void => {
        this.#waiting = undefined;
        resolve(answer);
      };
      this.#waiting = { take, end };
    });
  }

  #open(input: AnswerStream, onInterrupt: () => void): Interface {
    const echo = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (!this.#isHidden) this.#output.raw(chunk.toString());
        done();
      },
    });
    const reader = createInterface({
      input,
      // An arrow key would show the token again.
      historySize: 0,
      // Without a terminal nothing is echoed.
      ...(input.isTTY && { output: echo, terminal: true }),
    });
    reader.on('SIGINT', onInterrupt);
    reader.on('line', (line) => {
      if (this.#waiting) this.#waiting.take(line);
      else this.#lines.push(line);
    });
    reader.on('close', () => {
      this.#isEnded = true;
      this.#waiting?.end();
    });
    return reader;
  }
}
