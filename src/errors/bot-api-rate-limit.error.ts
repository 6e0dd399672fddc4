import { BotApiError, type BotApiFailure } from './bot-api.error.js';

/** When a 429 does not say how long. */
const DEFAULT_WAIT_MS = 1_000;

/**
 * Telegram answered 429: the chat, or the bot, has sent too much.
 *
 * @publicApi
 */
export class BotApiRateLimitError extends BotApiError {
  override readonly code = 'BOT_API_RATE_LIMIT';
  /** Telegram's `retry_after` in milliseconds: how long to send nothing more. */
  readonly retryAfterMs: number;

  constructor(method: string, failure: BotApiFailure) {
    super(method, failure);
    const seconds = Number(failure.parameters?.retry_after);
    this.retryAfterMs = seconds > 0 && Number.isFinite(seconds) ? seconds * 1000 : DEFAULT_WAIT_MS;
  }
}
