import { BotApiError } from './bot-api.error.js';

/** How a call failed without an answer of Telegram's. */
export interface TransportFailure {
  /** Describes the failure, without the URL. */
  readonly reason: string;
  /** HTTP status of an answer that was not Telegram's; 0 when there was none. */
  readonly status?: number;
  /** Whether Telegram may have carried the call out all the same. */
  readonly maybePerformed: boolean;
}

/**
 * No usable answer came from Telegram: refused connection, timeout, cut answer, a proxy's error page.
 *
 * @publicApi
 */
export class BotApiTransportError extends BotApiError {
  override readonly code = 'BOT_API_TRANSPORT';
  /**
   * Whether Telegram may have carried the call out. Calls have no idempotency key, so repeating one
   * for which this is true can do it twice.
   */
  readonly maybePerformed: boolean;

  constructor(method: string, failure: TransportFailure, options?: ErrorOptions) {
    super(method, { errorCode: failure.status ?? 0, description: failure.reason }, options);
    this.message = `No answer of Telegram's to ${method}: ${failure.reason}`;
    this.maybePerformed = failure.maybePerformed;
  }
}
