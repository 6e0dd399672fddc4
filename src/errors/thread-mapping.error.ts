import { TelegramError } from './telegram.error.js';

/**
 * The store that knows which Telegram message belongs to which thread did not answer.
 *
 * @publicApi
 */
export class ThreadMappingError extends TelegramError {
  readonly code = 'THREAD_MAPPING';

  constructor(action: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Could not ${action}: ${reason}. Check that the Redis of the "redis" option is up.`, {
      cause,
    });
  }
}
