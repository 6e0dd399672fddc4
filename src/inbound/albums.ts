import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';

/** The files of an album are delivered within seconds; after an outage, within the retries of the webhook. */
const LIFE_MS = 24 * 60 * 60 * 1000;

/** Whom an album is for: the customer, or agents only. */
export type AlbumAudience = 'delivered' | 'internal';

/**
 * Knows whom albums are for. Telegram delivers an album as one message for each file, and only one of them has
 * the caption that says whether it is a note.
 */
@Injectable()
export class Albums {
  readonly #store: TtlStore;

  constructor(storage: DeskStorage) {
    this.#store = storage.ttlStore('albums', LIFE_MS);
  }

  /**
   * Called with a file that goes to the customer.
   *
   * @returns What the album was before, if that was known; null for a message that decides by itself.
   * @throws When the store does not answer.
   */
  async markDelivered(message: Message): Promise<AlbumAudience | null> {
    return message.caption ? null : this.#mark(message, 'delivered');
  }

  /**
   * Called with a file whose caption is a note or a command.
   *
   * @returns What the album was before, if that was known; null for a message that is no part of one.
   * @throws When the store does not answer.
   */
  markInternal(message: Message): Promise<AlbumAudience | null> {
    return this.#mark(message, 'internal');
  }

  async #mark(
    { chat, media_group_id: albumId }: Message,
    audience: AlbumAudience,
  ): Promise<AlbumAudience | null> {
    if (albumId === undefined) return null;
    const known = await this.#store.setIfAbsent(`${chat.id}:${albumId}`, audience);
    return known === 'internal' ? 'internal' : 'delivered';
  }
}
