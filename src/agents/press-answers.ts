import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';

/** Answers to pressed buttons, which Telegram shows for some seconds. Without one a button looks busy. */
@Injectable()
export class PressAnswers {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly api: BotApiClient,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(PressAnswers.name, errors);
  }

  /**
   * Answers in the background, since the next update of the chat waits for this one. An answer that Telegram does not
   * take any more is of no use later.
   *
   * @param text 200 characters at most.
   */
  answer(pressId: string, text: string): void {
    const params = { callback_query_id: pressId, text };
    this.api.call('answerCallbackQuery', params).catch((error: unknown) => {
      this.#logger.debug(`A pressed button was not answered: ${this.#logger.describe(error)}`);
    });
  }
}
