import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/** Stores who has written each reply, which Telegram does not say with a reaction; for as long as mappings are stored. */
@Injectable()
export class ReplyAuthors {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage, { mappingTtlSeconds }: TelegramSettings) {
    this.#store = storage.ttlStore('authors', mappingTtlSeconds * 1000);
  }

  /** @throws When the store does not answer within 2 seconds. */
  store(reply: MessageRef, { id }: Agent): Promise<void> {
    return this.#store.set(keyOf(reply), String(id));
  }

  /**
   * Whether somebody has written a reply. All anonymous administrators of a group count as one.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async isBy(reply: MessageRef, { id }: Agent): Promise<boolean> {
    return (await this.#store.get(keyOf(reply))) === String(id);
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}
