import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { fingerprintOf } from '../updates/message-fingerprint.js';
import type { MessageText } from '../updates/message-text.js';

/** How long Telegram lets people edit what they wrote. */
const EDITABLE_MS = 48 * 60 * 60 * 1000;

/** Stands for the fingerprint of a message that is for agents only, whatever it says. */
const NOTE = 'note';

/** Stores what replies looked like, to find out which edits change them visibly. */
@Injectable()
export class ReplyFingerprints {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage) {
    this.#store = storage.ttlStore('replies', EDITABLE_MS);
  }

  /**
   * Stores what a message looks like now.
   *
   * @param content Its text; null when it is of an unknown kind.
   * @throws When the store does not answer.
   */
  store(message: Message, content: MessageText | null): Promise<void> {
    return this.#store.set(keyOf(message), fingerprintOf(message, content));
  }

  /**
   * Stores that a message is a note.
   *
   * @throws When the store does not answer.
   */
  storeNote(message: Message): Promise<void> {
    return this.#store.set(keyOf(message), NOTE);
  }

  /**
   * Forgets what a message looked like.
   *
   * @throws When the store does not answer.
   */
  remove({ chatId, messageId }: MessageRef): Promise<void> {
    return this.#store.delete(`${chatId}:${messageId}`);
  }

  /**
   * Whether a message looks as it did when it was stored; `note` when it was none that a
   * customer got; `unknown` when it never was stored, or too long ago.
   *
   * @param content Its text; null when it is of an unknown kind.
   * @throws When the store does not answer.
   */
  async compare(
    message: Message,
    content: MessageText | null,
  ): Promise<'same' | 'changed' | 'note' | 'unknown'> {
    const known = await this.#store.get(keyOf(message));
    if (known === null) return 'unknown';
    if (known === NOTE) return 'note';
    return known === fingerprintOf(message, content) ? 'same' : 'changed';
  }
}

function keyOf({ chat, message_id: messageId }: Message): string {
  return `${chat.id}:${messageId}`;
}
