import type { MessageRef } from './message-ref.interface.js';

/**
 * Stores which Telegram message belongs to which thread. Also the injection token: with the `redis`
 * option the mappings live in Redis and all instances share them, without it in this process.
 *
 * A mapping expires `mappingTtlSeconds` (7 days by default) after it was last stored or found.
 *
 * @publicApi
 *
 * @example
 * constructor(private readonly mappings: ThreadMappingRepository) {}
 *
 * const threadId = await this.mappings.find({ chatId: -1001234567890, messageId: 42 });
 */
export abstract class ThreadMappingRepository {
  /**
   * Stores that the message belongs to the thread, and replaces an earlier mapping of it.
   *
   * @param threadId 1 to 256 characters.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   * @throws {@link TelegramArgumentError} When `threadId` is something else.
   */
  abstract store(message: MessageRef, threadId: string): Promise<void>;

  /**
   * The thread that the message belongs to, or null. Finding a mapping renews its lifetime.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract find(message: MessageRef): Promise<string | null>;

  /**
   * Forgets the thread of a message. A class of the app's own that does not have this method keeps the mapping until it
   * expires, also when its thread is purged.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  remove(_message: MessageRef): Promise<void> {
    return Promise.resolve();
  }
}
