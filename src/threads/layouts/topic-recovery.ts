import type { Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { TopicAvailability } from '../../chat/topic-availability.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { type BotApiError, ErrorDescriber } from '../../errors/index.js';
import type { Destination, Post, Recovery } from '../thread-layout.js';
import type { ThreadTopic } from '../thread-record.interface.js';
import { ThreadStateRepository } from '../thread-state.repository.js';
import { topicErrorOf } from '../topic-error.js';
import type { TopicRef } from '../topic-ref.interface.js';

/** Mends what keeps a message from the topic of its thread: the topic was deleted, closed, or is none any more. */
@Injectable()
export class TopicRecovery {
  readonly #logger: SafeLogger;
  /** Whether the log says that closed topics cannot be opened. */
  #isReported = false;

  constructor(
    private readonly api: BotApiClient,
    private readonly availability: TopicAvailability,
    private readonly threads: ThreadStateRepository,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicRecovery.name, errors);
  }

  /** What is to be done with a message that Telegram has refused. Never rejects. */
  async recover({ threadId, inReplyTo, isOutside }: Post, error: BotApiError): Promise<Recovery> {
    const kind = topicErrorOf(error);
    if (isOutside || (kind !== 'gone' && kind !== 'closed')) return 'none';
    // A notice to an agent goes where the agent wrote, whose topic may belong to no thread.
    if (inReplyTo) return 'outside';
    if (threadId === undefined) return 'none';
    const topic = await this.#topicOf(threadId);
    if (!topic) return 'outside';
    const isMended =
      kind === 'gone'
        ? await this.#change(threadId, topic, { isGone: true })
        : await this.#reopen(threadId, topic);
    return isMended ? 'retry' : 'outside';
  }

  /**
   * Removes a message, or an album, that stands outside of the topic that it was sent to, because the topic was deleted.
   * Where the chat has no topics any more it stays. Never rejects.
   *
   * @returns Whether it is to be sent again.
   */
  async removeMisplaced(
    posted: readonly Message[],
    post: Post,
    { topicId }: Destination,
  ): Promise<boolean> {
    if (topicId === undefined) return false;
    const misplaced = posted.find(({ message_thread_id: threadId }) => threadId !== topicId);
    if (!misplaced) return false;
    const { chat } = misplaced;
    if (chat.type !== 'private' && !chat.is_forum) {
      this.availability.learn({ isForum: false });
      return false;
    }
    if (post.threadId === undefined) return false;
    const topic = { chatId: chat.id, topicId };
    if (!(await this.#change(post.threadId, topic, { isGone: true }))) return false;
    const messageIds = posted.map(({ message_id: messageId }) => messageId);
    await this.#delete(chat.id, messageIds);
    return true;
  }

  /** Counts for the refused message, for which there was a permit. */
  async #reopen(threadId: string, topic: ThreadTopic): Promise<boolean> {
    const { chatId, topicId } = topic;
    try {
      const params = { chat_id: chatId, message_thread_id: topicId };
      await this.api.call('reopenForumTopic', params, { hasPermit: true });
    } catch (error) {
      const reason = this.#logger.describe(error);
      if (!this.#isReported) {
        this.#logger.error(
          `The topic of thread ${threadId} is closed, so its messages appear outside of topics: ${reason}. Let the bot manage topics`,
        );
      }
      this.#isReported = true;
      return false;
    }
    this.#isReported = false;
    return this.#change(threadId, topic, { isClosed: false });
  }

  async #delete(chatId: number, messageIds: number[]): Promise<void> {
    try {
      await this.api.call('deleteMessages', { chat_id: chatId, message_ids: messageIds });
    } catch (error) {
      this.#logger.debug(`A misplaced message was not deleted: ${this.#logger.describe(error)}`);
    }
  }

  async #topicOf(threadId: string): Promise<ThreadTopic | undefined> {
    try {
      return (await this.threads.find(threadId))?.topic;
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
      return undefined;
    }
  }

  /** Also done when the thread has got another topic meanwhile. */
  async #change(
    threadId: string,
    topic: TopicRef,
    change: Pick<ThreadTopic, 'isGone'> | Pick<ThreadTopic, 'isClosed'>,
  ): Promise<boolean> {
    try {
      await this.threads.changeTopic(threadId, topic, change);
      return true;
    } catch (error) {
      this.#logger.warn(this.#logger.describe(error));
      return false;
    }
  }
}
