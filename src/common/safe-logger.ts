import { Logger } from '@nestjs/common';
import { ErrorDescriber } from '../errors/index.js';

/** Characters that end a line, move the cursor, or change the direction of text. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The module's log. A message stays one line without secrets, whatever ids and reasons it contains: a thread id
 * with a line break cannot forge another line.
 */
export class SafeLogger {
  readonly #logger: Logger;
  readonly #errors: ErrorDescriber;

  constructor(context: string, errors = new ErrorDescriber()) {
    this.#logger = new Logger(context);
    this.#errors = errors;
  }

  debug(message: string): void {
    this.#logger.debug(this.#line(message));
  }

  log(message: string): void {
    this.#logger.log(this.#line(message));
  }

  warn(message: string): void {
    this.#logger.warn(this.#line(message));
  }

  error(message: string): void {
    this.#logger.error(this.#line(message));
  }

  /** Logs the message, and below it the text and the stack of the error. */
  errorWithStack(message: string, thrown: unknown): void {
    this.#logger.error(this.#line(message), this.#errors.describeWithStack(thrown));
  }

  /** Describes an error or a foreign text in words that a message may contain. */
  describe(thrown: unknown): string {
    return this.#errors.describe(thrown);
  }

  #line(message: string): string {
    return oneLine(this.#errors.redact(message));
  }
}

function oneLine(message: string): string {
  return message.replaceAll(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
