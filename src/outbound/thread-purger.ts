import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { SafeLogger } from '../common/safe-logger.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';
import { LastNoticeRepository } from '../threads/last-notice.repository.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { topicErrorOf } from '../threads/topic-error.js';
import { classifySendError } from './send-error.js';
import { ShownNotices } from './shown/shown-notices.js';

/** Removes threads from Telegram and from the store. */
@Injectable()
export class ThreadPurger {
  readonly #logger: SafeLogger;

  constructor(
    private readonly api: BotApiClient,
    private readonly threads: ThreadStateRepository,
    private readonly lastNotices: LastNoticeRepository,
    private readonly shown: ShownNotices,
    private readonly desks: DeskDirectory,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ThreadPurger.name, errors);
  }

  /**
   * Deletes the topics of the thread, former ones included, with all their messages, and its first and its
   * newest notice at the present desk, which have no topic in the layout `replies`. Then forgets the thread, so that nobody can
   * answer the notices that are left.
   *
   * @throws {@link BotApiError} When Telegram cannot be reached, fails or wants a pause.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async purge(threadId: string): Promise<void> {
    const record = await this.threads.find(threadId);
    const { topic, formerTopics = [], card } = record ?? {};
    const topics = topic ? [...formerTopics, topic] : formerTopics;
    for (const { chatId, topicId } of topics) {
      await this.#try(threadId, () =>
        this.api.call('deleteForumTopic', { chat_id: chatId, message_thread_id: topicId }),
      );
    }
    const newest = await this.lastNotices.find(threadId);
    for (const { chatId, messageId } of distinct(card, newest)) {
      await this.#try(threadId, () =>
        this.api.call('deleteMessages', { chat_id: chatId, message_ids: [messageId] }),
      );
    }
    await this.shown.forget(threadId);
    // Its replies may have been edited at former desks, too, and notices be left there.
    for (const { versions, purged } of await this.desks.all()) {
      await versions.forget(threadId);
      await purged.add(threadId);
    }
    await this.threads.remove(threadId);
    await this.lastNotices.remove(threadId);
  }

  /** What Telegram refuses for good is logged, because a person has to do it. */
  async #try(threadId: string, call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
    } catch (error) {
      const isFinal =
        error instanceof BotApiError &&
        !['rate_limited', 'unavailable'].includes(classifySendError(error));
      if (!isFinal) throw error;
      // By an earlier try of which the answer was lost, or by a person.
      if (topicErrorOf(error) === 'gone') return;
      this.#logger.warn(
        `Not all of thread ${threadId} could be deleted in Telegram: ${this.#logger.describe(error)}`,
      );
    }
  }
}

function distinct(...messages: ReadonlyArray<MessageRef | null | undefined>): MessageRef[] {
  const known = messages.filter((message) => message !== null && message !== undefined);
  return known.filter(
    ({ messageId }, index) => known.findIndex((one) => one.messageId === messageId) === index,
  );
}
