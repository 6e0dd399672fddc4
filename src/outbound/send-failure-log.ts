import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { type BotApiError, ErrorDescriber } from '../errors/index.js';
import { hintFor } from './send-error.js';

/** Logs what keeps messages from being sent: one line for each cause, not for each attempt. */
@Injectable()
export class SendFailureLog {
  readonly #logger: SafeLogger;
  /** The trouble that has been logged and is not over. */
  #trouble: string | undefined;
  /** The last refusal that has been logged. */
  #refusal: string | undefined;

  constructor(errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(SendFailureLog.name, errors);
  }

  /** Says that messages wait, why, and what to do where that is known. */
  waiting(error: BotApiError, consequence: string): void {
    if (this.#trouble === error.description) return;
    this.#trouble = error.description;
    this.#logger.error(`${this.#logger.describe(error)}. ${consequence}${hintFor(error)}`);
  }

  /** Says that Telegram has refused one message, which is tried again. */
  refused(key: string, error: BotApiError): void {
    if (this.#refusal === error.description) return;
    this.#refusal = error.description;
    const reason = this.#logger.describe(error);
    this.#logger.warn(`${reason}. The notice of ${key} is tried again before it is given up`);
  }

  /** Forgets the trouble: Telegram has taken a message. */
  recovered(): void {
    this.#trouble = undefined;
  }
}
