import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import type { BotApiResult } from '../../bot/bot-api-types.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { BotApiError, ErrorDescriber } from '../../errors/index.js';
import type { Destination } from '../../threads/thread-layout.js';
import type { Operation, OperationMethod } from './operation.interface.js';

/** Carries out operations in the admin chat, and follows the chat when it has moved. */
@Injectable()
export class OperationSender {
  readonly #logger: SafeLogger;
  readonly #api: BotApiClient;
  readonly #adminChat: AdminChat;
  readonly #rateLimiter: ChatRateLimiter;

  constructor(
    api: BotApiClient,
    adminChat: AdminChat,
    rateLimiter: ChatRateLimiter,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(OperationSender.name, errors);
    this.#api = api;
    this.#adminChat = adminChat;
    this.#rateLimiter = rateLimiter;
  }

  /**
   * The caller has a permit of the rate limiter, and releases it.
   *
   * @throws {@link BotApiError} When Telegram did not take it, neither with markup nor without.
   */
  async send(
    operation: Operation,
    destination: Destination,
  ): Promise<BotApiResult<OperationMethod>> {
    try {
      return await this.#call(operation, destination, true);
    } catch (error) {
      if (!operation.withoutMarkup || !isMarkupError(error)) throw error;
      this.#logger.error(
        `Telegram cannot parse the markup of a template, so the notice is sent as plain text: ${this.#logger.describe(error.description)}`,
      );
      return this.#call(operation.withoutMarkup, destination, true);
    }
  }

  /**
   * Sends past the queue, without a permit; the rate limiter counts it afterwards.
   *
   * @throws {@link BotApiError} When Telegram did not take it.
   * @throws {Error} While a `retry_after` of Telegram's lasts; then Telegram is not asked.
   */
  async sendNow(
    operation: Pick<Operation, 'method' | 'params'>,
  ): Promise<BotApiResult<OperationMethod>> {
    const waitMs = await this.#rateLimiter.pausedMs();
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      throw new Error(
        `Telegram accepts no messages for another ${seconds} s, because of its rate limit`,
      );
    }
    return this.#call(operation, { chatId: this.#adminChat.id }, false);
  }

  async #call(
    operation: Pick<Operation, 'method' | 'params'>,
    destination: Destination,
    hasPermit: boolean,
  ): Promise<BotApiResult<OperationMethod>> {
    const call = (to: Destination): Promise<BotApiResult<OperationMethod>> =>
      this.#api.call(operation.method, paramsOf(operation, to), { hasPermit });
    try {
      return await call(destination);
    } catch (error) {
      const movedTo = error instanceof BotApiError && error.parameters.migrate_to_chat_id;
      if (!movedTo) throw error;
      this.#adminChat.moveTo(movedTo);
      // The message to reply to has another id there.
      return call({ chatId: movedTo });
    }
  }
}

function paramsOf(
  { params }: Pick<Operation, 'params'>,
  { chatId, replyTo, topicId }: Destination,
) {
  const target = { chat_id: chatId, message_thread_id: topicId, ...params };
  if (replyTo === undefined) return target;
  const reply = { message_id: replyTo, allow_sending_without_reply: true };
  return { ...target, reply_parameters: reply };
}

function isMarkupError(error: unknown): error is BotApiError {
  return error instanceof BotApiError && /can't parse entities/i.test(error.description);
}
