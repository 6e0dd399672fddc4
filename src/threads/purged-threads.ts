import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import { ThreadStateRepository } from './thread-state.repository.js';

/**
 * Stores which threads the app has purged, for as long as records of threads, because notices of them are left that
 * nobody may answer any more. Every method throws when the store does not answer within 2 seconds.
 */
@Injectable()
export class PurgedThreads {
  readonly #store: TtlStore;

  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly clock: Clock,
    storage: DeskStorage,
    { threadTtlSeconds }: TelegramSettings,
  ) {
    this.#store = storage.ttlStore('purged', threadTtlSeconds * 1000);
  }

  /** The thread is purged. */
  async add(threadId: string): Promise<void> {
    await this.#store.set(threadId, String(this.clock.now()));
  }

  /**
   * Whether the thread was purged, and has not begun anew since.
   *
   * @param fromMs When something of the thread was enqueued, in milliseconds since the Unix epoch. Of a thread that was
   *   purged after that it is no part any more, even when the thread has begun anew.
   */
  async has(threadId: string, fromMs = Infinity): Promise<boolean> {
    const purgedAt = await this.#store.get(threadId);
    if (purgedAt === null) return false;
    return fromMs < Number(purgedAt) || (await this.threads.find(threadId)) === null;
  }
}
