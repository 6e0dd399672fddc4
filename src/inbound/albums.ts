import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import { albumIdOf } from '../updates/message-files.js';

/** Files may wait in the queue for as long as no process handles replies, and a note among them stays one. */
const LIFE_MS = 31 * 24 * 60 * 60 * 1000;

/** Whom an album is for: the customer, or agents only. */
export type AlbumAudience = 'customer' | 'agents';

/**
 * Knows whom albums are for. Telegram delivers an album as one message for each file, in no time that is promised,
 * and only one of them has the caption that says whether it is a note.
 */
@Injectable()
export class Albums {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage) {
    this.#store = storage.ttlStore('albums', LIFE_MS);
  }

  /**
   * Whom the album of a message is for; null while that is not known.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async audienceOf(message: Message): Promise<AlbumAudience | null> {
    const audience = await this.#store.get(keyOf(message));
    return audience === null ? null : toAudience(audience);
  }

  /**
   * Whether a file of an album is not to be handled any more: it is for agents, or another file has taken it.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async isDone(message: Message): Promise<boolean> {
    const [audience, taken] = await Promise.all([
      this.audienceOf(message),
      this.#store.get(fileKeyOf(message)),
    ]);
    return audience === 'agents' || taken !== null;
  }

  /**
   * Marks a file of an album that another one takes with it.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async take(message: Message): Promise<void> {
    await this.#store.set(fileKeyOf(message), 'taken');
  }

  /**
   * Decides whom the album of a message is for, unless that is decided.
   *
   * @returns Whom it is for.
   * @throws When the store does not answer within 2 seconds.
   */
  async decide(message: Message, audience: AlbumAudience): Promise<AlbumAudience> {
    return toAudience(await this.#store.setIfAbsent(keyOf(message), audience));
  }
}

function keyOf(message: Message): string {
  return `${message.chat.id}:${albumIdOf(message)}`;
}

function fileKeyOf(message: Message): string {
  return `${keyOf(message)}:${message.message_id}`;
}

function toAudience(stored: string): AlbumAudience {
  return stored === 'agents' ? 'agents' : 'customer';
}
