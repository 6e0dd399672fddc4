import type { Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import type { BotApiResult } from '../../bot/bot-api-types.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { BotApiError, ErrorDescriber } from '../../errors/index.js';
import type { Destination } from '../../threads/thread-layout.js';
import type { Operation, OperationMethod, OperationParams } from './operation.interface.js';
import { isAboutFeatures, withoutNewFeatures } from './without-new-features.js';

type SendResult = BotApiResult<OperationMethod>;

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
   * @returns The messages that stand in the chat now: an album has several.
   * @throws {@link BotApiError} When Telegram did not take it, neither with markup nor without.
   * @throws {@link UnreadableUploadError} When a file cannot be read.
   */
  async send(operation: Operation, destination: Destination): Promise<readonly Message[]> {
    try {
      return messagesOf(await this.#callOrSimplify(operation, destination));
    } catch (error) {
      if (!operation.withoutMarkup || !isMarkupError(error)) throw error;
      this.#logger.error(
        `Telegram cannot parse the markup of a template, so the notice is sent as plain text: ${this.#logger.describe(error.description)}`,
      );
      return messagesOf(await this.#call(operation.withoutMarkup, destination));
    }
  }

  /**
   * Sends a text past the queue, without a permit; the rate limiter counts it afterwards.
   *
   * @throws {@link BotApiError} When Telegram did not take it.
   * @throws {Error} While a `retry_after` of Telegram's lasts; then Telegram is not asked.
   */
  async sendNow(params: OperationParams<'sendMessage'>): Promise<Message> {
    const waitMs = await this.#rateLimiter.pausedMs();
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      throw new Error(
        `Telegram accepts no messages for another ${seconds} s, because of its rate limit`,
      );
    }
    return this.#follow({ chatId: this.#adminChat.id }, (to) =>
      this.#api.call('sendMessage', { ...targetOf(to), ...params }),
    );
  }

  /** Makes a call that Telegram refuses because of something new again without all that is new. */
  async #callOrSimplify(operation: Operation, destination: Destination): Promise<SendResult> {
    try {
      return await this.#call(operation, destination);
    } catch (error) {
      const isRefused = error instanceof BotApiError && isAboutFeatures(error);
      const params = isRefused ? withoutNewFeatures(operation.params) : undefined;
      if (!params) throw error;
      this.#logger.debug(
        `Telegram does not take all that a notice has, so it is sent in a simpler form: ${this.#logger.describe(error)}`,
      );
      return this.#call({ ...operation, params }, destination);
    }
  }

  #call({ method, params, files }: Operation, destination: Destination): Promise<SendResult> {
    return this.#follow(destination, (to) =>
      this.#api.call(method, { ...targetOf(to), ...params }, { hasPermit: true, files }),
    );
  }

  /** Makes the call again where the chat has moved to. */
  async #follow<T>(destination: Destination, call: (to: Destination) => Promise<T>): Promise<T> {
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

function targetOf({ chatId, replyTo, topicId }: Destination) {
  const target = { chat_id: chatId, message_thread_id: topicId };
  if (replyTo === undefined) return target;
  const reply = { message_id: replyTo, allow_sending_without_reply: true };
  return { ...target, reply_parameters: reply };
}

function messagesOf(result: SendResult): readonly Message[] {
  // True is the answer to the edit of an inline message, which a desk has none of.
  if (result === true) return [];
  return Array.isArray(result) ? result : [result];
}

function isMarkupError(error: unknown): error is BotApiError {
  return error instanceof BotApiError && /can't parse entities/i.test(error.description);
}
