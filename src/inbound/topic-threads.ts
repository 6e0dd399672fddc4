import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';

/** Finds the threads of forum topics. */
@Injectable()
export class TopicThreads {
  constructor(private readonly threads: ThreadStateRepository) {}

  /**
   * The thread of the topic that a message stands in, also when the thread has another one by now; null when it
   * stands in none, or in one of no thread.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async threadOf(message: Message): Promise<string | null> {
    const topicId = topicIdOf(message);
    return topicId === undefined ? null : this.threads.findByTopic(message.chat.id, topicId);
  }

  /**
   * The thread whose topic at present is the one that a message stands in, or null.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async currentThreadOf(message: Message): Promise<string | null> {
    const threadId = await this.threadOf(message);
    const topic = threadId === null ? undefined : (await this.threads.find(threadId))?.topic;
    const isCurrent = topic?.topicId === topicIdOf(message) && topic?.chatId === message.chat.id;
    return isCurrent ? threadId : null;
  }
}

/**
 * The topic that a message stands in. Without topics, `message_thread_id` names the first message of a chain of
 * replies, and `is_topic_message` is missing (tdlib/telegram-bot-api).
 */
export function topicIdOf({
  is_topic_message: isInTopic,
  message_thread_id: topicId,
}: Message): number | undefined {
  return isInTopic ? topicId : undefined;
}
