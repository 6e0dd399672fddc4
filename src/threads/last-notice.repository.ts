import type { MessageRef } from './message-ref.interface.js';
import type { RecentNotice } from './recent-notice.interface.js';

/**
 * Knows the newest notice of each thread, so that the next one can reply to it and Telegram shows
 * the thread as a chain. Forgotten together with the thread's mappings.
 */
export abstract class LastNoticeRepository {
  /** @throws {@link ThreadMappingError} When the store does not answer within 2 seconds. */
  abstract store(threadId: string, notice: MessageRef): Promise<void>;

  /** @throws {@link ThreadMappingError} When the store does not answer within 2 seconds. */
  abstract find(threadId: string): Promise<MessageRef | null>;

  /**
   * Adds to the newest notices of all threads, of which 100 are kept: a private desk tells by them which
   * thread a message is meant for that replies to nothing.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract addRecent(notice: RecentNotice): Promise<void>;

  /**
   * The newest notices of all threads, in no particular order.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract recent(): Promise<readonly RecentNotice[]>;
}
