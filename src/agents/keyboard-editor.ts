import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { BotApiClient } from '../bot/bot-api-client.js';
import type { BotApiParams } from '../bot/bot-api-types.js';
import { costOfCall } from '../chat/call-cost.js';
import { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';
import {
  isAboutFeatures,
  withoutNewFeatures,
} from '../outbound/operations/without-new-features.js';
import type { Pause } from '../queue/job-processor.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';

const METHOD = 'editMessageReplyMarkup';
const IS_DONE = /message is not modified/i;

/** Changes the buttons below notices, within the rate limit of the chat. */
@Injectable()
export class KeyboardEditor {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly api: BotApiClient,
    private readonly rateLimiter: ChatRateLimiter,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(KeyboardEditor.name, errors);
  }

  /**
   * @param reserve How many messages the rate limit has to hold besides, for changes that matter less. 0 by default.
   * @returns Whether the message shows them, or how long to wait for the rate limit.
   */
  async show(
    { chatId, messageId }: MessageRef,
    keyboard: InlineKeyboardMarkup | undefined,
    reserve = 0,
  ): Promise<boolean | Pause> {
    const params = { chat_id: chatId, message_id: messageId, reply_markup: keyboard };
    const decision = await this.rateLimiter.acquire(costOfCall(METHOD, params), reserve);
    if (!decision.granted) return { pauseMs: decision.waitMs, keyOnly: true };
    try {
      await this.#call(params);
      return true;
    } catch (error) {
      if (!(error instanceof BotApiError)) throw error;
      if (IS_DONE.test(error.description)) return true;
      this.#logger.warn(
        `The buttons of a notice stay as they are: ${this.#logger.describe(error)}. Agents can write the command`,
      );
      return false;
    } finally {
      await decision.permit.release();
    }
  }

  async #call(params: BotApiParams<typeof METHOD>): Promise<void> {
    try {
      await this.api.call(METHOD, params, { hasPermit: true });
    } catch (error) {
      const isRefused = error instanceof BotApiError && isAboutFeatures(error);
      const simpler = isRefused ? withoutNewFeatures(params) : undefined;
      if (!simpler) throw error;
      await this.api.call(METHOD, simpler, { hasPermit: true });
    }
  }
}
