import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatCustomer } from './chat-customer.interface.js';
import { checkedCustomer } from './checked-customer.js';
import type { SessionPage } from './request-origin.js';
import { SignedTexts } from './signed-texts.js';
import { Visitors } from './visitors.js';

const LIFE_MS = 60 * 60 * 1000;

/** However often a session is renewed, it ends a day after its token: whom the app has locked out gets no other one. */
const LONGEST_LIFE_MS = 24 * 60 * 60 * 1000;

/** A visitor without cookies has nothing else; nobody is locked out by it. */
const LONGEST_VISIT_MS = 30 * LONGEST_LIFE_MS;

/** Tells the sessions of the chat from what the app itself expects in `Authorization`. */
const PREFIX = 'scs_';

/** A customer on a page of another origin, or a visitor. */
export interface ChatSession {
  readonly customer: ChatCustomer;
  /** The page that it was made for. */
  readonly page: SessionPage;
  /** When the token was redeemed, or the visitor came. */
  readonly startedAtMs: number;
}

/** A session as the client gets it. */
export interface SignedSession {
  readonly text: string;
  readonly expiresAt: Date;
  /** For clients whose clocks are wrong. */
  readonly expiresInSeconds: number;
}

/** Makes and reads sessions: signed texts, so that no process has to store any. */
@Injectable()
export class ChatSessions {
  readonly #texts: SignedTexts;

  constructor(
    settings: ChatSettings,
    private readonly visitors: Visitors,
    private readonly clock: Clock,
  ) {
    this.#texts = new SignedTexts(settings.secret, 'session', PREFIX);
  }

  /** @param startedAtMs When its token was redeemed, or the visitor came; now for a new one. */
  make(customer: ChatCustomer, page: SessionPage, startedAtMs = this.clock.now()): SignedSession {
    const { id, name = null, email = null } = customer;
    const { origin, isOwn } = page;
    const longestMs = this.visitors.isOne(customer) ? LONGEST_VISIT_MS : LONGEST_LIFE_MS;
    const nowMs = this.clock.now();
    const expiresAtMs = Math.min(nowMs + LIFE_MS, startedAtMs + longestMs);
    return {
      text: this.#texts.sign([id, name, email, origin, startedAtMs, expiresAtMs, isOwn]),
      expiresAt: new Date(expiresAtMs),
      expiresInSeconds: Math.floor((expiresAtMs - nowMs) / 1000),
    };
  }

  /** The text of a session in an `Authorization` header; undefined for what the app itself expects there. */
  textIn(header: string | undefined): string | undefined {
    const text = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    return text !== undefined && this.#texts.isOne(text) ? text : undefined;
  }

  /** The session; null when it is forged or has expired. */
  read(text: string): ChatSession | null {
    const payload = this.#texts.read(text);
    if (!payload) return null;
    const [id, name, email, origin, startedAtMs, expiresAtMs, isOwn] = payload;
    if (Number(expiresAtMs) <= this.clock.now()) return null;
    return {
      customer: checkedCustomer({
        id: String(id),
        ...(typeof name === 'string' && { name }),
        ...(typeof email === 'string' && { email }),
      }),
      page: { origin: String(origin), isOwn: isOwn === true },
      startedAtMs: Number(startedAtMs),
    };
  }
}
