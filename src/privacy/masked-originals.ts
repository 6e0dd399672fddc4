import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotToken } from '../secrets/bot-token.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MaskedSpot } from './mask-rule.interface.js';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** More places of one message are not kept. */
const MOST_SPOTS = 200;

/**
 * Keeps what was masked in messages for `privacy.revealForMs`, apart from the jobs and for `/reveal` alone. It is encrypted
 * by a key that is derived from the bot's token, and its keys name no thread. Every method throws when the store does
 * not answer within 2 seconds.
 */
@Injectable()
export class MaskedOriginals {
  readonly #store: TtlStore;
  readonly #key: Buffer;
  readonly #isOn: boolean;

  constructor(storage: DeskStorage, token: BotToken, { privacy, masker }: TelegramSettings) {
    this.#store = storage.ttlStore('masked', privacy.revealForMs);
    this.#key = token.derive('masked-originals').sign('key', KEY_BYTES);
    this.#isOn = masker.isOn && privacy.revealTo?.size !== 0;
  }

  /**
   * Adds what was masked in a message. Nothing is kept where nobody may see it.
   *
   * @param messageId The app's id of the message; empty for what belongs to none.
   */
  async add(threadId: string, messageId: string, spots: readonly MaskedSpot[]): Promise<void> {
    if (!this.#isOn) return;
    const before = await this.find(threadId, messageId);
    const isKnown = ({ shown, original }: MaskedSpot): boolean =>
      before.some((known) => known.original === original && known.shown === shown);
    const all = [...before, ...spots.filter((spot) => !isKnown(spot))];
    await this.#store.set(this.#keyOf(threadId, messageId), this.#seal(all.slice(-MOST_SPOTS)));
  }

  /** What was masked in a message; empty when nothing was, or too long ago. */
  async find(threadId: string, messageId: string): Promise<readonly MaskedSpot[]> {
    const sealed = await this.#store.get(this.#keyOf(threadId, messageId));
    return sealed === null ? [] : this.#open(sealed);
  }

  async remove(threadId: string, messageIds: Iterable<string>): Promise<void> {
    for (const messageId of messageIds) {
      await this.#store.delete(this.#keyOf(threadId, messageId));
    }
  }

  #keyOf(threadId: string, messageId: string): string {
    const name = JSON.stringify([threadId, messageId]);
    return createHmac('sha256', this.#key).update(name).digest('base64url').slice(0, 32);
  }

  #seal(spots: readonly MaskedSpot[]): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const parts = [nonce, cipher.update(JSON.stringify(spots), 'utf8'), cipher.final()];
    return Buffer.concat([...parts, cipher.getAuthTag()]).toString('base64url');
  }

  /** What another token has sealed is as good as gone. */
  #open(sealed: string): readonly MaskedSpot[] {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
    const spots: readonly MaskedSpot[] = JSON.parse(text + decipher.final('utf8'));
    return spots;
  }
}
