import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';

/** Finds the threads of forum topics. */
@Injectable()
export class TopicThreads {
  constructor(private readonly threads: ThreadStateRepository) {}

  /**
   * The thread of the topic that a message stands in; null when it stands in none, or in one of no thread.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async threadOf(message: Message): Promise<string | null> {
    const topicId = topicIdOf(message);
    return topicId === undefined ? null : this.threads.findByTopic(message.chat.id, topicId);
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
