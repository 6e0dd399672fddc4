import type { MessageRef } from './message-ref.interface.js';
import type { RecentNotice } from './recent-notice.interface.js';

/**
 * Stores the newest notice of each thread, so that the next one can reply to it. Expires together with the
 * thread's mappings.
 */
export abstract class LastNoticeRepository {
  /** @throws {@link ThreadMappingError} When the store does not answer within 2 seconds. */
  abstract store(threadId: string, notice: MessageRef): Promise<void>;

  /** @throws {@link ThreadMappingError} When the store does not answer within 2 seconds. */
  abstract find(threadId: string): Promise<MessageRef | null>;

  /**
   * Forgets the newest notice of a thread.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  abstract remove(threadId: string): Promise<void>;

  /**
   * Adds to the newest notices of all threads, of which 100 are kept. In a private chat they decide which
   * thread a message belongs to that replies to nothing.
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
