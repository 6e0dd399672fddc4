import type { Message } from '@grammyjs/types';
import type { TtlStore } from '../storage/ttl-store.js';
import { fingerprintOf } from '../updates/message-fingerprint.js';

/** So long Telegram lets people edit what they wrote. */
export const EDITABLE_MS = 48 * 60 * 60 * 1000;

/** Remembers what replies looked like when they were taken, to tell which edits change them. */
export class ReplyFingerprints {
  readonly #store: TtlStore;

  /** @param store That keeps what it is given for {@link EDITABLE_MS}. */
  constructor(store: TtlStore) {
    this.#store = store;
  }

  /** Remembers what a message looks like now. */
  remember(message: Message): Promise<void> {
    return this.#store.set(keyOf(message), fingerprintOf(message));
  }

  /** Whether a message looks as it did when it was remembered; `unknown` when it never was, or too long ago. */
  async compare(message: Message): Promise<'same' | 'changed' | 'unknown'> {
    const known = await this.#store.get(keyOf(message));
    if (known === null) return 'unknown';
    return known === fingerprintOf(message) ? 'same' : 'changed';
  }
}

function keyOf({ chat, message_id: messageId }: Message): string {
  return `${chat.id}:${messageId}`;
}
