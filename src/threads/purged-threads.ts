import { Injectable } from '@nestjs/common';
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
    storage: DeskStorage,
    { threadTtlSeconds }: TelegramSettings,
  ) {
    this.#store = storage.ttlStore('purged', threadTtlSeconds * 1000);
  }

  /** The thread is purged. */
  async add(threadId: string): Promise<void> {
    await this.#store.set(threadId, 'purged');
  }

  /** Whether the thread was purged, and has not begun anew since. */
  async has(threadId: string): Promise<boolean> {
    if ((await this.#store.get(threadId)) === null) return false;
    return (await this.threads.find(threadId)) === null;
  }
}
