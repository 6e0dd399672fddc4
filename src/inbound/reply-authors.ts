import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** Who has written a reply; plain JSON. */
export interface ReplyAuthor {
  /** All anonymous administrators of a group count as one. */
  readonly agentId: number;
  /** The album that the reply is a file of. */
  readonly albumId?: string | undefined;
}

/** Stores who has written each reply, which Telegram does not say with a reaction; for as long as mappings are stored. */
@Injectable()
export class ReplyAuthors {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage, { mappingTtlSeconds }: TelegramSettings) {
    this.#store = storage.ttlStore('authors', mappingTtlSeconds * 1000);
  }

  /** @throws When the store does not answer within 2 seconds. */
  store(reply: MessageRef, author: ReplyAuthor): Promise<void> {
    return this.#store.set(keyOf(reply), JSON.stringify(author));
  }

  /** @throws When the store does not answer within 2 seconds. */
  remove(reply: MessageRef): Promise<void> {
    return this.#store.delete(keyOf(reply));
  }

  /**
   * Who has written a reply; null when it is none of this desk.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async find(reply: MessageRef): Promise<ReplyAuthor | null> {
    const stored = await this.#store.get(keyOf(reply));
    return stored === null ? null : JSON.parse(stored);
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}
