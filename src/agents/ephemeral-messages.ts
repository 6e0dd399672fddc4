import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { costOfCall } from '../chat/call-cost.js';
import { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import { Backoff } from '../common/backoff.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { isTransient } from '../desk/desk-problems.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber } from '../errors/index.js';
import type { Html } from '../notices/html.js';
import { EphemeralSender, type EphemeralOptions } from '../outbound/ephemeral-sender.js';
import { NoticeTextBuilder } from '../outbound/operations/notice-text.builder.js';
import type { Pause } from '../queue/job-processor.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';

const METHOD = 'sendMessage';

/**
 * Sends messages that one agent alone sees, where Telegram lets the bot: an administrator of a group at any time, others
 * in answer to a press. They have no id of their own, so none is mapped, and Telegram does not promise to deliver them:
 * whatever they say has to be seen elsewhere, too.
 */
@Injectable()
export class EphemeralMessages extends EphemeralSender {
  readonly #logger: ThrottledLogger;
  readonly #backoff = new Backoff();

  constructor(
    private readonly api: BotApiClient,
    private readonly rateLimiter: ChatRateLimiter,
    private readonly texts: NoticeTextBuilder,
    errors: ErrorDescriber,
  ) {
    super();
    this.#logger = new ThrottledLogger(EphemeralMessages.name, errors);
  }

  /**
   * Tells one agent something.
   *
   * @param place The message that it is about, in whose topic it stands; `messageId: 0` for none.
   * @param userId The Telegram user id of the agent.
   * @returns False where Telegram refuses it, as it does in private chats and where the bot is no administrator, where
   *   Telegram cannot be reached, or where the rate limit has no room at present. Never rejects.
   */
  async tell(
    place: PlacedMessage,
    userId: number,
    content: Html,
    options: EphemeralOptions = {},
  ): Promise<boolean> {
    try {
      return (await this.send(place, userId, content, options)) === true;
    } catch (error) {
      this.#logger.warn(`An agent was not told something: ${this.#logger.describe(error)}`);
      return false;
    }
  }

  async send(
    { chatId, messageId, topicId }: PlacedMessage,
    userId: number,
    content: Html,
    { callbackQueryId, ephemeralMessageId, keyboard, threadId }: EphemeralOptions = {},
  ): Promise<boolean | Pause> {
    const replied = ephemeralMessageId
      ? { ephemeral_message_id: ephemeralMessageId }
      : messageId > 0 && { message_id: messageId };
    const params = {
      chat_id: chatId,
      message_thread_id: topicId,
      ...this.texts.build({ content, threadId }).formatted,
      link_preview_options: { is_disabled: true },
      ...(replied && { reply_parameters: replied }),
      ...(keyboard && { reply_markup: keyboard }),
      ephemeral_message_parameters: {
        receiver_user_id: userId,
        ...(callbackQueryId !== undefined && { callback_query_id: callbackQueryId }),
      },
    };
    const decision = await this.rateLimiter.acquire(costOfCall(METHOD, params));
    if (!decision.granted) return { pauseMs: decision.waitMs, keyOnly: true };
    try {
      await this.api.call(METHOD, params, { hasPermit: true });
      this.#backoff.reset();
      return true;
    } catch (error) {
      if (!(error instanceof BotApiError)) throw error;
      if (error instanceof BotApiRateLimitError) {
        return { pauseMs: error.retryAfterMs, keyOnly: true };
      }
      if (isTransient(error)) {
        this.#logger.warn(
          `Telegram did not take an ephemeral message: ${this.#logger.describe(error)}`,
        );
        return { pauseMs: this.#backoff.nextMs(), keyOnly: true };
      }
      this.#logger.debug(`Telegram has no ephemeral message: ${this.#logger.describe(error)}`);
      return false;
    } finally {
      await decision.permit.release();
    }
  }
}
