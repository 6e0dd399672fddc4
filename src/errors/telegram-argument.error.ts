import { TelegramError } from './telegram.error.js';

/**
 * A method was called with an argument that can never work, such as an empty `threadId`. It points
 * to a bug in the calling code, so it is thrown instead of being logged.
 *
 * @publicApi
 */
export class TelegramArgumentError extends TelegramError {
  readonly code = 'TELEGRAM_ARGUMENT';

  /**
   * @param method The method that was called.
   * @param fields The fields that are wrong, such as `customer.name`.
   * @param problems What each of them has to be.
   */
  constructor(
    readonly method: string,
    readonly fields: readonly string[],
    problems: readonly string[],
  ) {
    super(`${method}() was called with arguments that cannot work: ${problems.join('; ')}`);
  }
}
