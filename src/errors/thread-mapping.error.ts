import { TelegramError } from './telegram.error.js';
import { errorText } from './error-text.js';

/**
 * The store of the threads, and of which Telegram message belongs to which thread, did not answer.
 *
 * @publicApi
 */
export class ThreadMappingError extends TelegramError {
  readonly code = 'THREAD_MAPPING';

  constructor(action: string, cause: unknown) {
    super(
      `Could not ${action}: ${errorText(cause)}. Check that the Redis of the "redis" option is up.`,
      {
        cause,
      },
    );
  }
}
