import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { BotStorage } from '../../storage/bot-storage.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatCustomer } from './chat-customer.interface.js';
import { checkedCustomer } from './checked-customer.js';
import { SignedTexts } from './signed-texts.js';

/** The longest life of a token. Redeemed ones are remembered as long. */
export const LONGEST_TOKEN_SECONDS = 3_600;

/** A customer whom the app vouches for, on the page of an origin. */
export interface VouchedCustomer {
  readonly customer: ChatCustomer;
  readonly origin: string;
}

/** A genuine token that has not expired. */
export interface CustomerToken extends VouchedCustomer {
  /** Tells it from all others. */
  readonly number: string;
}

/** Makes tokens, each of which is redeemed once, in whatever process. */
@Injectable()
export class CustomerTokens {
  readonly #texts: SignedTexts;
  readonly #redeemed: TtlStore;

  constructor(
    settings: ChatSettings,
    storage: BotStorage,
    private readonly clock: Clock,
  ) {
    this.#texts = new SignedTexts(settings.secret, 'token', 'sct_');
    this.#redeemed = storage.ttlStore('chat-token', LONGEST_TOKEN_SECONDS * 1000);
  }

  make({ customer, origin }: VouchedCustomer, expiresInSeconds: number): string {
    const { id, name, email } = checkedCustomer(customer);
    const expiresAtMs = this.clock.now() + expiresInSeconds * 1000;
    const number = randomBytes(12).toString('base64url');
    return this.#texts.sign([number, id, name ?? null, email ?? null, origin, expiresAtMs]);
  }

  /** What a token says, redeemed or not; null when it is forged, has expired or is for another origin. */
  read(text: string, origin: string): CustomerToken | null {
    const payload = this.#texts.read(text);
    if (!payload) return null;
    const [number, id, name, email, tokenOrigin, expiresAtMs] = payload;
    if (Number(expiresAtMs) <= this.clock.now() || tokenOrigin !== origin) return null;
    const customer = checkedCustomer({
      id: String(id),
      ...(typeof name === 'string' && { name }),
      ...(typeof email === 'string' && { email }),
    });
    return { customer, origin, number: String(number) };
  }

  /**
   * Redeems a token; false when that was done before.
   *
   * @throws When the store does not answer.
   */
  async redeem({ number }: CustomerToken): Promise<boolean> {
    const mine = randomBytes(12).toString('base64url');
    return (await this.#redeemed.setIfAbsent(number, mine)) === mine;
  }
}
