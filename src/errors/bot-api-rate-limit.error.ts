import { BotApiError, type BotApiFailure } from './bot-api.error.js';

/**
 * Telegram answered 429: the chat, or the bot, has sent too much.
 *
 * @publicApi
 */
export class BotApiRateLimitError extends BotApiError {
  override readonly code = 'BOT_API_RATE_LIMIT';
  /** How long Telegram wants to hear nothing more, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(method: string, failure: BotApiFailure) {
    super(method, failure);
    this.retryAfterMs = (failure.parameters?.retry_after ?? 1) * 1000;
  }
}
