import type { TtlMap } from '../../common/ttl-map.js';
import { LastNoticeRepository } from '../../threads/last-notice.repository.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import { MOST_RECENT_NOTICES, type RecentNotice } from '../../threads/recent-notice.interface.js';

/** Keeps the newest notices in the memory of this process, until it ends. */
export class MemoryLastNoticeRepository extends LastNoticeRepository {
  readonly #notices: TtlMap<MessageRef>;
  readonly #recent: TtlMap<RecentNotice>;

  constructor(notices: TtlMap<MessageRef>, recent: TtlMap<RecentNotice>) {
    super();
    this.#notices = notices;
    this.#recent = recent;
  }

  store(threadId: string, notice: MessageRef): Promise<void> {
    this.#notices.set(threadId, notice);
    return Promise.resolve();
  }

  addRecent(notice: RecentNotice): Promise<void> {
    this.#recent.set(String(notice.messageId), notice);
    const [oldest] = this.#recent.values();
    if (oldest && this.#recent.size > MOST_RECENT_NOTICES) {
      this.#recent.delete(String(oldest.messageId));
    }
    return Promise.resolve();
  }

  recent(): Promise<readonly RecentNotice[]> {
    return Promise.resolve(this.#recent.values());
  }

  remove(threadId: string): Promise<void> {
    this.#notices.delete(threadId);
    for (const notice of this.#recent.values()) {
      if (notice.threadId === threadId) this.#recent.delete(String(notice.messageId));
    }
    return Promise.resolve();
  }

  find(threadId: string): Promise<MessageRef | null> {
    return Promise.resolve(this.#notices.get(threadId) ?? null);
  }
}
