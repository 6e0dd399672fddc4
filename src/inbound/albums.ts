import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import { albumIdOf } from '../updates/message-files.js';

/** The files of an album are delivered within seconds; after an outage, within the retries of the webhook. */
const LIFE_MS = 24 * 60 * 60 * 1000;

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

function toAudience(stored: string): AlbumAudience {
  return stored === 'agents' ? 'agents' : 'customer';
}
