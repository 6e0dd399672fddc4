import type { Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { PostedMessages } from '../threads/posted-messages.js';
import { ThreadMessageRepository } from '../threads/thread-message.repository.js';
import { threadMessageOf } from '../threads/thread-message.js';
import { ThreadLayout, type Destination, type Post } from '../threads/thread-layout.js';
import type { NoticeJob } from './jobs/outbound-job.interface.js';
import { messageIdIn } from './shown/shown-notice.interface.js';
import { detailsOf, messageIdOf, isOfCode } from './posted-notice.js';
import { ThreadDeparture } from './thread-departure.js';
import { ThreadService, type ThreadDetails } from './thread.service.js';

/** Records what is posted: which thread it belongs to, which message it shows, and how its thread stands now. */
@Injectable()
export class NoticeRecorder {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly layout: ThreadLayout,
    private readonly posted: PostedMessages,
    private readonly messages: ThreadMessageRepository,
    private readonly threads: ThreadService,
    private readonly departure: ThreadDeparture,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(NoticeRecorder.name, errors);
  }

  /**
   * Never rejects, because the notice is posted.
   *
   * @param answer The message, or those of an album.
   * @returns Whether it stands where it was sent to. If not, it was removed, and is to be sent again.
   */
  async record(
    answer: readonly Message[],
    post: Post,
    destination: Destination,
    shown: readonly NoticeJob[],
  ): Promise<boolean> {
    const posted = answer.filter((message) => isMessage(message));
    if (posted.length < answer.length || posted.length === 0) {
      this.#logger.warn(
        'Telegram took a notice, and its answer names no message: replies to it find their thread by its hidden reference only. Check the option apiRoot',
      );
      if (posted.length === 0) return true;
    }
    const notices = posted.map(({ chat, message_id: messageId }) => ({
      chatId: chat.id,
      messageId,
    }));
    // Tell the store in parallel, so that a hanging Redis costs one timeout, not two.
    const [isInPlace] = await Promise.all([
      this.layout.recordPosted(posted, post, destination),
      this.#recordThread(notices, post, shown),
      this.#recordMessages(posted, post, shown),
    ]);
    if (isInPlace) await this.recordMove(post, shown, { hasPermit: true });
    // What a customer does in a closed thread may have opened its topic, and leaves the thread closed.
    const isTold = shown.some(({ type }) => type === 'action.told');
    if (isInPlace && isTold && post.threadId !== undefined) await this.#showStatus(post.threadId);
    return isInPlace;
  }

  /** Has the thread leave this desk, or show how it stands here, if the notice says so, whether or not that is posted. Never rejects. */
  async recordMove(
    { threadId }: Post,
    shown: readonly NoticeJob[],
    options: { readonly hasPermit: boolean },
  ): Promise<void> {
    const left = shown.find((job) => isOfCode(job, 'thread_moved'));
    if (left) await this.departure.leave(left, options);
    const hasArrived = shown.some((job) => isOfCode(job, 'thread_arrived'));
    if (hasArrived && threadId !== undefined) await this.#showStatus(threadId);
  }

  /** Its new topic is open, and has no icon yet when its creation was not answered. */
  async #showStatus(threadId: string): Promise<void> {
    try {
      await this.threads.showStatus(threadId);
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
    }
  }

  async #recordThread(
    notices: readonly MessageRef[],
    { threadId, isCard }: Post,
    shown: readonly NoticeJob[],
  ): Promise<void> {
    if (threadId === undefined) return;
    const messageId = messageIdOf(shown);
    const mapped = messageId === undefined ? [] : notices;
    const results = await Promise.allSettled([
      this.#updateThread(threadId, isCard ? { card: notices[0] } : {}, shown),
      ...mapped.map((notice) => this.posted.store(notice, messageId ?? '')),
    ]);
    for (const result of results) {
      if (result.status === 'rejected') this.#logger.warn(this.#logger.describe(result.reason));
    }
  }

  /** So that the thread can be purged. */
  async #recordMessages(
    posted: readonly Message[],
    { threadId }: Post,
    shown: readonly NoticeJob[],
  ): Promise<void> {
    if (threadId === undefined) return;
    const ids = [...new Set(shown.flatMap((job) => messageIdIn(job) ?? []))];
    const messages = posted.map((message) => ({
      ...threadMessageOf(message, 'notice'),
      ...(ids.length > 0 && { ids }),
    }));
    try {
      await this.messages.add(threadId, messages);
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
    }
  }

  async #updateThread(
    threadId: string,
    card: Pick<ThreadDetails, 'card'>,
    shown: readonly NoticeJob[],
  ): Promise<void> {
    const details = detailsOf(shown);
    if (details) await this.threads.customerWrote(threadId, { ...details, ...card });
    else if (card.card) await this.threads.update(threadId, card);
  }
}

/** Another server than Telegram's may answer anything. */
function isMessage(answer: Partial<Message>): answer is Message {
  return Number.isInteger(answer.message_id) && Number.isInteger(answer.chat?.id);
}
