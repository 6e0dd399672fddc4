import { Logger } from '@nestjs/common';

/** What ends a line, moves the cursor, or turns the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The module's log. Whatever ids and reasons a message is made of, it stays one line: a thread id with
 * a line break in it cannot forge another one.
 */
export class LineLogger {
  readonly #logger: Logger;

  constructor(context: string) {
    this.#logger = new Logger(context);
  }

  debug(message: string): void {
    this.#logger.debug(oneLine(message));
  }

  log(message: string): void {
    this.#logger.log(oneLine(message));
  }

  warn(message: string): void {
    this.#logger.warn(oneLine(message));
  }

  /** @param stack Of the app's own error; its lines stay. */
  error(message: string, stack?: string): void {
    this.#logger.error(oneLine(message), stack);
  }
}

function oneLine(message: string): string {
  return message.replaceAll(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
