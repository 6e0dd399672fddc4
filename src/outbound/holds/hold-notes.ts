import { Injectable } from '@nestjs/common';
import { BotStorage } from '../../storage/bot-storage.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';

/** Longer than any reply is held. */
const LIFE_MS = 25 * 60 * 60 * 1000;

/**
 * Stores which notice says, for all to read, that a reply is held. Each method throws when the store does not answer
 * within 2 seconds.
 */
@Injectable()
export class HoldNotes {
  /** By reply, the notice. */
  readonly #store: TtlStore;

  constructor(storage: BotStorage) {
    this.#store = storage.ttlStore('hold', LIFE_MS);
  }

  save(reply: MessageRef, { chatId, messageId }: MessageRef): Promise<void> {
    return this.#store.set(keyOf(reply), JSON.stringify({ chatId, messageId }));
  }

  async find(reply: MessageRef): Promise<MessageRef | null> {
    return JSON.parse((await this.#store.get(keyOf(reply))) ?? 'null');
  }

  forget(reply: MessageRef): Promise<void> {
    return this.#store.delete(keyOf(reply));
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}
