import { TelegramError } from './telegram.error.js';

/**
 * Why a file cannot be had.
 *
 * - `too_big`: Telegram gives bots no files of more than 20 MiB, except through a local Bot API server.
 * - `gone`: Telegram no longer has the file, or does not know it.
 * - `unavailable`: Telegram does not answer, or the transfer broke. Later it may work.
 *
 * @publicApi
 */
export type TelegramFileProblem = 'too_big' | 'gone' | 'unavailable';

/**
 * A file cannot be read from Telegram.
 *
 * @publicApi
 */
export class TelegramFileError extends TelegramError {
  readonly code = 'TELEGRAM_FILE';

  /**
   * @param detail What failed and what to do, without the path of the file: it may contain the token.
   * @param retryAfterMs After how many milliseconds Telegram wants to be asked again, if it says so.
   */
  constructor(
    readonly problem: TelegramFileProblem,
    detail: string,
    readonly retryAfterMs?: number,
  ) {
    super(`The file cannot be read from Telegram: ${detail}`);
  }
}
