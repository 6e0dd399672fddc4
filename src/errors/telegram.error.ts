/** Distinguishes the kinds of {@link TelegramError}; stable across releases. */
export type TelegramErrorCode =
  | 'TELEGRAM_CONFIG'
  | 'TELEGRAM_ARGUMENT'
  | 'BOT_API'
  | 'BOT_API_RATE_LIMIT'
  | 'BOT_API_TRANSPORT'
  | 'THREAD_MAPPING'
  | 'TELEGRAM_FILE';

/**
 * The root of every error this module throws. No message of it, and no cause, holds the bot token
 * or the webhook secret.
 *
 * @publicApi
 */
export abstract class TelegramError extends Error {
  /** Stable name of the kind of failure, for code that cannot use `instanceof`. */
  abstract readonly code: TelegramErrorCode;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
