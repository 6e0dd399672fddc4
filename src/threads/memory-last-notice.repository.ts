import type { ExpiringMap } from '../memory/expiring.map.js';
import { LastNoticeRepository } from './last-notice.repository.js';
import type { MessageRef } from './message-ref.interface.js';

/** Keeps the newest notices in this process; they are gone when it ends. */
export class MemoryLastNoticeRepository extends LastNoticeRepository {
  readonly #notices: ExpiringMap<MessageRef>;

  constructor(notices: ExpiringMap<MessageRef>) {
    super();
    this.#notices = notices;
  }

  store(threadId: string, notice: MessageRef): Promise<void> {
    this.#notices.set(threadId, notice);
    return Promise.resolve();
  }

  find(threadId: string): Promise<MessageRef | null> {
    return Promise.resolve(this.#notices.get(threadId) ?? null);
  }
}
