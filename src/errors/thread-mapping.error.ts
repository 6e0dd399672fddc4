import { TelegramError } from './telegram.error.js';
import { errorText } from './error-text.js';

/**
 * The store of the mappings from Telegram messages to threads did not answer.
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
