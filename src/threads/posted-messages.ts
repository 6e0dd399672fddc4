import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from './message-ref.interface.js';

/** Stores which message of the app each notice shows, for as long as mappings are stored. */
@Injectable()
export class PostedMessages {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage, { mappingTtlSeconds }: TelegramSettings) {
    this.#store = storage.ttlStore('posted', mappingTtlSeconds * 1000);
  }

  /** @throws When the store does not answer within 2 seconds. */
  async store(notice: MessageRef, messageId: string): Promise<void> {
    await this.#store.set(keyOf(notice), messageId);
  }

  /** @throws When the store does not answer within 2 seconds. */
  async remove(notice: MessageRef): Promise<void> {
    await this.#store.delete(keyOf(notice));
  }

  /**
   * The app's id of the message that the notice shows; null when it shows several, or is not known.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  find(notice: MessageRef): Promise<string | null> {
    return this.#store.get(keyOf(notice));
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}
