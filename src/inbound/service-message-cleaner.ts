import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { BotApiClient } from '../bot/bot-api-client.js';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';

/** How long no deletion is tried after Telegram has refused one: the bot lacks the right. */
const REFUSAL_MS = 10 * 60 * 1000;

/** Deletes the messages by which Telegram says what the bot has changed, so that topics hold the conversation alone. */
@Injectable()
export class ServiceMessageCleaner {
  readonly #logger: SafeLogger;
  #retryAtMs = -Infinity;
  /** The deletion before the next one: one at a time, so that what follows a refusal is not tried. */
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly api: BotApiClient,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ServiceMessageCleaner.name, errors);
  }

  /** Waits for nothing, and tries once: a message that stays does no harm. */
  delete(message: Message): void {
    this.#last = this.#last.then(() => this.#tryToDelete(message));
  }

  /** Never rejects. */
  async #tryToDelete({ chat, message_id: messageId }: Message): Promise<void> {
    if (this.clock.monotonicMs() < this.#retryAtMs) return;
    try {
      await this.api.call('deleteMessage', { chat_id: chat.id, message_id: messageId });
    } catch (error) {
      const isRefusal = error instanceof BotApiError && error.errorCode === 400;
      if (isRefusal) this.#retryAtMs = this.clock.monotonicMs() + REFUSAL_MS;
      this.#logger.debug(`A service message was not deleted: ${this.#logger.describe(error)}`);
    }
  }
}
