import type { MessageRef } from './message-ref.interface.js';

/**
 * Knows the newest notice of each thread, so that the next one can reply to it and Telegram shows
 * the thread as a chain. Forgotten together with the thread's mappings.
 */
export abstract class LastNoticeRepository {
  /** @throws {@link ThreadMappingError} When the store does not answer within 2 seconds. */
  abstract store(threadId: string, notice: MessageRef): Promise<void>;

  /** @throws {@link ThreadMappingError} When the store does not answer within 2 seconds. */
  abstract find(threadId: string): Promise<MessageRef | null>;
}
