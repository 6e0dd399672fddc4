import type { ThreadChanges, ThreadRecord } from './thread-record.interface.js';

/**
 * Stores what the desks of a bot know of their threads. A record expires `threadTtlSeconds` (90 days by
 * default) after it was last updated, and with it the binding of its topic.
 */
export abstract class ThreadStateRepository {
  /** @throws {@link ThreadMappingError} When the store does not answer within 2 seconds. */
  abstract find(threadId: string): Promise<ThreadRecord | null>;

  /**
   * The thread that has the topic, or null.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract findByTopic(chatId: number, topicId: number): Promise<string | null>;

  /**
   * Sets some fields of a record, or creates it, and renews its life. Two processes that set different fields
   * at the same time do not overwrite each other.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract update(threadId: string, changes: ThreadChanges): Promise<void>;

  /**
   * Gives a thread to a desk, unless another one has it, and renews its life. Of two processes that do so at
   * the same time one wins.
   *
   * @returns The desk that has it.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract claim(threadId: string, desk: string): Promise<string>;

  /**
   * Forgets a thread and the binding of its topic.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract remove(threadId: string): Promise<void>;
}
