import type { ResponseParameters } from '@grammyjs/types';
import { TelegramError, type TelegramErrorCode } from './telegram.error.js';

/** Telegram's answer when it refuses a call. */
export interface BotApiFailure {
  readonly errorCode: number;
  readonly description: string;
  readonly parameters?: ResponseParameters;
}

/**
 * A Bot API call failed. This class itself means that Telegram refused the call; its subclasses mean that
 * Telegram answered 429, or that no answer of Telegram's arrived.
 *
 * @publicApi
 *
 * @example
 * try {
 *   await telegram.api.call('pinChatMessage', { chat_id: chatId, message_id: 5 });
 * } catch (error) {
 *   if (error instanceof BotApiError && error.errorCode === 400) console.warn(error.description);
 * }
 */
export class BotApiError extends TelegramError {
  readonly code: TelegramErrorCode = 'BOT_API';
  /** Telegram's `error_code`, the same as the HTTP status; 0 when there was no answer at all. */
  readonly errorCode: number;
  /** Telegram's `description`, such as `Bad Request: chat not found`. */
  readonly description: string;
  /** Telegram's `parameters`: `retry_after` in seconds, `migrate_to_chat_id`. */
  readonly parameters: ResponseParameters;

  constructor(
    readonly method: string,
    failure: BotApiFailure,
    options?: ErrorOptions,
  ) {
    super(`Telegram refused ${method}: ${failure.errorCode} ${failure.description}`, options);
    this.errorCode = failure.errorCode;
    this.description = failure.description;
    this.parameters = failure.parameters ?? {};
  }
}
