import { withFormerTopic } from './thread-record.js';
import type { ThreadChanges, ThreadRecord, ThreadTopic } from './thread-record.interface.js';
import type { TopicRef } from './topic-ref.interface.js';

/** Fields of a record as they were found; undefined for one that it did not have. */
export type ThreadExpectation = {
  readonly [K in Exclude<keyof ThreadRecord, 'threadId'>]?: ThreadRecord[K] | undefined;
};

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
   * Does what {@link update} does, if some fields of the record still are as they were found. Nothing comes in between.
   *
   * @param expected What the fields are expected to be; those of a record that does not exist are as in an empty one.
   * @returns Whether they were, and the record is changed.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract updateIf(
    threadId: string,
    expected: ThreadExpectation,
    changes: ThreadChanges,
  ): Promise<boolean>;

  /**
   * Changes what is known of the topic of a thread. Changes that are made at the same time do not overwrite each other.
   *
   * @returns False when the thread has another topic, or none, by now.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async changeTopic(
    threadId: string,
    { chatId, topicId }: TopicRef,
    changes: Partial<Omit<ThreadTopic, keyof TopicRef>>,
  ): Promise<boolean> {
    for (;;) {
      const topic = (await this.find(threadId))?.topic;
      if (topic?.chatId !== chatId || topic.topicId !== topicId) return false;
      const changed = { topic: { ...topic, ...changes } };
      if (await this.updateIf(threadId, { topic }, changed)) return true;
    }
  }

  /**
   * Gives a thread a topic, and renews its life. The topic that it had before becomes one of its former topics, so that
   * a purge finds it, also when it takes no more messages.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async bindTopic(threadId: string, topic: ThreadTopic, lastActivityAtMs: number): Promise<void> {
    for (;;) {
      const { topic: former, formerTopics } = (await this.find(threadId)) ?? {};
      const isNew = former?.chatId !== topic.chatId || former.topicId !== topic.topicId;
      const left = isNew ? withFormerTopic(formerTopics, former) : formerTopics;
      const changes = { topic, lastActivityAtMs, formerTopics: left };
      if (await this.updateIf(threadId, { topic: former, formerTopics }, changes)) return;
    }
  }

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
