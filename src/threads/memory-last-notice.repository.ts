import type { ExpiringMap } from '../memory/expiring.map.js';
import { LastNoticeRepository } from './last-notice.repository.js';

/** Keeps the newest notices in this process; they are gone when it ends. */
export class MemoryLastNoticeRepository extends LastNoticeRepository {
  readonly #notices: ExpiringMap<number>;

  constructor(notices: ExpiringMap<number>) {
    super();
    this.#notices = notices;
  }

  store(threadId: string, messageId: number): Promise<void> {
    this.#notices.set(threadId, messageId);
    return Promise.resolve();
  }

  find(threadId: string): Promise<number | null> {
    return Promise.resolve(this.#notices.get(threadId) ?? null);
  }
}
