import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { BotApiError, ErrorDescriber } from '../../errors/index.js';
import { fits } from '../../notices/notice-draft.js';
import { MESSAGE_LENGTH } from '../../notices/notice-renderer.js';
import type { Pause } from '../../queue/job-processor.interface.js';
import { NoticeFailures } from '../notice-failures.js';
import { EditNoticeBuilder } from '../operations/edit-notice.builder.js';
import { NoticeTextBuilder } from '../operations/notice-text.builder.js';
import { OperationSender } from '../operations/operation-sender.js';
import type { Operation } from '../operations/operation.interface.js';
import { classifySendError } from '../send-error.js';
import { ShownNoticeComposer } from './shown-notice-composer.js';
import type { ShownNotice } from './shown-notice.interface.js';
import { ShownNotices } from './shown-notices.js';

/** What a caption holds (tdlib/td, MessageContent.cpp:5241). */
const CAPTION_LENGTH = 1_024;

/** The hidden reference. */
const REFERENCE_LENGTH = 1;

const IS_DONE = /message is not modified|message to delete not found/i;
const IS_GONE = /not found|MESSAGE_ID_INVALID/i;

/** Telegram has the change; or it refuses it, and whether the message is gone; or the job waits. */
export type EditOutcome = 'done' | 'refused' | 'gone' | Pause;

/** Changes notices that are posted, within the rate limit of the chat. */
@Injectable()
export class NoticeEditor {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly composer: ShownNoticeComposer,
    private readonly texts: NoticeTextBuilder,
    private readonly builder: EditNoticeBuilder,
    private readonly sender: OperationSender,
    private readonly api: BotApiClient,
    private readonly rateLimiter: ChatRateLimiter,
    private readonly failures: NoticeFailures,
    private readonly shown: ShownNotices,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(NoticeEditor.name, errors);
  }

  /** Has a notice show something else. @throws When the store has failed. */
  async edit(notice: ShownNotice): Promise<EditOutcome> {
    const { threadId, title, message, isCaption, jobs } = notice;
    const content = this.composer.compose(jobs);
    const texts = this.texts.build({ content, threadId }, title);
    const length = isCaption ? CAPTION_LENGTH : MESSAGE_LENGTH;
    const frame = texts.plain.text.length - content.toPlainText().length;
    if (!fits(content, length - Math.max(frame, REFERENCE_LENGTH))) return 'refused';
    const operation = this.builder.build(message.messageId, texts, isCaption);
    const outcome = await this.#perform(operation, notice);
    if (outcome === 'done') await this.shown.replace(notice);
    return outcome;
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

  async #perform(operation: Operation, { message }: ShownNotice): Promise<EditOutcome> {
    const decision = await this.rateLimiter.acquire(operation.cost);
    if (!decision.granted) return { pauseMs: decision.waitMs };
    try {
      await this.sender.send(operation, { chatId: message.chatId });
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
