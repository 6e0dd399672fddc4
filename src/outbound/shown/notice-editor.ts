import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { costOfCall } from '../../chat/call-cost.js';
import { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { BotApiError, ErrorDescriber } from '../../errors/index.js';
import type { Pause } from '../../queue/job-processor.interface.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import type { ThreadRecord } from '../../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { CurrentCards, type CurrentLook } from '../cards/current-cards.js';
import { NoticeFailures } from '../notice-failures.js';
import { EditNoticeBuilder } from '../operations/edit-notice.builder.js';
import { OperationSender } from '../operations/operation-sender.js';
import type { Operation } from '../operations/operation.interface.js';
import { classifySendError } from '../send-error.js';
import { digestOf } from './digest-of.js';
import type { ShownNotice } from './shown-notice.interface.js';
import { ShownNoticeTexts } from './shown-notice-texts.js';
import { ShownNotices } from './shown-notices.js';

/** The share of the rate limit that changes of cards leave to messages. */
const RESERVED_SHARE = 0.25;

const IS_DONE = /message is not modified|message to delete not found/i;
const IS_GONE = /not found|MESSAGE_ID_INVALID/i;

/** Telegram has the change; or it refuses it, and whether the message is gone; or the job waits. */
export type EditOutcome = 'done' | 'refused' | 'gone' | Pause;

/** Changes notices that are posted, within the rate limit of the chat. */
@Injectable()
export class NoticeEditor {
  readonly #logger: ThrottledLogger;
  readonly #reserve: number;

  constructor(
    private readonly texts: ShownNoticeTexts,
    private readonly builder: EditNoticeBuilder,
    private readonly sender: OperationSender,
    private readonly api: BotApiClient,
    private readonly rateLimiter: ChatRateLimiter,
    private readonly failures: NoticeFailures,
    private readonly shown: ShownNotices,
    private readonly cards: CurrentCards,
    private readonly threads: ThreadStateRepository,
    { rateLimit }: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#reserve = Math.floor(rateLimit.messages * RESERVED_SHARE);
    this.#logger = new ThrottledLogger(NoticeEditor.name, errors);
  }

  /** Has a notice show something else; a card shows besides how its thread stands by now. @throws When the store has failed. */
  async edit(notice: ShownNotice): Promise<EditOutcome> {
    const outcome = await this.#edit(notice, await this.cards.look(notice), {});
    if (outcome === 'done') await this.shown.replace(notice);
    return outcome;
  }

  /**
   * Has the card of a thread show how the thread stands, unless it does. It takes what messages leave of the rate limit.
   *
   * @param isForced Whether it may not look as it did last.
   * @throws When the store has failed.
   */
  async editCard(notice: ShownNotice, isForced: boolean): Promise<EditOutcome> {
    const look = await this.cards.look(notice);
    const shown = isForced ? undefined : look.record?.cardDigest;
    return this.#edit(notice, look, { shown, reserve: this.#reserve });
  }

  /**
   * Changes the buttons of a card alone. It takes what messages leave of the rate limit.
   *
   * @param record That of the thread.
   * @param isForced Whether it may not look as it did last.
   * @throws When the store has failed.
   */
  async showKeyboard(
    { threadId, card, cardDigest }: ThreadRecord,
    keyboard: InlineKeyboardMarkup | undefined,
    isForced: boolean,
  ): Promise<EditOutcome> {
    const digest = digestOf('', keyboard);
    if (!card || (!isForced && digest === cardDigest)) return 'done';
    const operation = changeOf(card.messageId, keyboard);
    const outcome = await this.#perform(operation, card.chatId, this.#reserve);
    if (outcome === 'done') await this.threads.updateIf(threadId, { card }, { cardDigest: digest });
    return outcome;
  }

  /** Removes the buttons of a notice that is no card. @throws When the store has failed. */
  removeKeyboard({ chatId, messageId }: MessageRef): Promise<EditOutcome> {
    return this.#perform(changeOf(messageId, undefined), chatId, this.#reserve);
  }

  async #edit(
    notice: ShownNotice,
    { versions, record }: CurrentLook,
    { shown, reserve = 0 }: { readonly shown?: string | undefined; readonly reserve?: number },
  ): Promise<EditOutcome> {
    const { threadId, message, isCaption } = notice;
    for (const version of versions) {
      const texts = this.texts.of(version);
      if (!texts) continue;
      const digest = digestOf(texts.formatted.text, version.keyboard);
      if (digest === shown) return 'done';
      const operation = this.builder.build(message.messageId, texts, isCaption, version.keyboard);
      const outcome = await this.#perform(operation, message.chatId, reserve);
      if (outcome !== 'done') return outcome;
      if (record)
        await this.threads.updateIf(threadId, { card: record.card }, { cardDigest: digest });
      return outcome;
    }
    return 'refused';
  }

  /** Deletes the message of a notice and the others of its album. @throws When the store has failed. */
  async delete(notice: ShownNotice): Promise<EditOutcome> {
    const { message, others } = notice;
    const outcome = await this.deleteMessages(message.chatId, [message.messageId, ...others]);
    if (outcome === 'done') await this.shown.replace(notice);
    return outcome;
  }

  /** Telegram does not count it. */
  async deleteMessages(chatId: number, messageIds: readonly number[]): Promise<EditOutcome> {
    const [first, ...others] = messageIds;
    if (first === undefined) return 'done';
    try {
      const pausedMs = await this.rateLimiter.pausedMs();
      if (pausedMs > 0) return { pauseMs: pausedMs };
      await (others.length > 0
        ? this.api.call('deleteMessages', { chat_id: chatId, message_ids: [...messageIds] })
        : this.api.call('deleteMessage', { chat_id: chatId, message_id: first }));
      return 'done';
    } catch (error) {
      return this.#afterFailure(error);
    }
  }

  async #perform(operation: Operation, chatId: number, reserve: number): Promise<EditOutcome> {
    const decision = await this.rateLimiter.acquire(operation.cost, reserve);
    if (!decision.granted) return { pauseMs: decision.waitMs };
    try {
      await this.sender.send(operation, { chatId });
      this.failures.recovered();
      return 'done';
    } catch (error) {
      return this.#afterFailure(error);
    } finally {
      await decision.permit.release();
    }
  }

  #afterFailure(error: unknown): EditOutcome {
    if (!(error instanceof BotApiError)) throw error;
    if (IS_DONE.test(error.description)) return 'done';
    const kind = classifySendError(error);
    const isOfMessage = kind === 'message' || kind === 'unknown' || kind === 'thread';
    if (!isOfMessage) return this.failures.wait(error);
    this.#logger.debug(`A notice stays as it is: ${this.#logger.describe(error)}`);
    return IS_GONE.test(error.description) ? 'gone' : 'refused';
  }
}

function changeOf(messageId: number, keyboard: InlineKeyboardMarkup | undefined): Operation {
  const method = 'editMessageReplyMarkup';
  const params = { message_id: messageId, reply_markup: keyboard };
  return { method, params, files: [], cost: costOfCall(method, params) };
}
