import { hash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatCustomer } from './chat-customer.interface.js';
import { SignedTexts } from './signed-texts.js';

const COOKIE = 'support_chat_visitor';

/** Browsers take it from this very host by HTTPS only, so that no other host of the domain can plant it. */
const HTTPS_COOKIE = `__Host-${COOKIE}`;

/** Browsers keep no cookie longer than 400 days; each visit begins the time anew. */
const MAX_AGE_SECONDS = 365 * 24 * 60 * 60;

/** What the ids of visitors begin with. They cannot be guessed. */
const ID_PREFIX = 'visitor_';

/** People whom the app does not know: each browser has a signed cookie. */
@Injectable()
export class Visitors {
  readonly #texts: SignedTexts;

  constructor(settings: ChatSettings) {
    this.#texts = new SignedTexts(settings.secret, 'visitor');
  }

  /** A new visitor. */
  create(): ChatCustomer {
    return visitorOf(ID_PREFIX + randomBytes(16).toString('base64url'));
  }

  /** Whether a customer is a visitor. */
  isOne({ id }: ChatCustomer): boolean {
    return id.startsWith(ID_PREFIX);
  }

  /** The visitor whose cookie a request has; null without a genuine one. */
  of(headers: IncomingHttpHeaders): ChatCustomer | null {
    const visitor = this.#named(HTTPS_COOKIE, headers);
    return visitor ?? (isHttps(headers) ? null : this.#named(COOKIE, headers));
  }

  /**
   * The `Set-Cookie` header of a visitor. Not sent along with requests that pages of other sites cause, and not shown to
   * scripts. Its path is `/`, because a proxy may serve the chat below another path.
   *
   * @param headers Of the request that is answered.
   */
  cookieOf({ id }: ChatCustomer, headers: IncomingHttpHeaders): string {
    const isSecure = isHttps(headers);
    const attributes = [
      `${isSecure ? HTTPS_COOKIE : COOKIE}=${this.#texts.sign([id])}`,
      'Path=/',
      `Max-Age=${MAX_AGE_SECONDS}`,
      'HttpOnly',
      'SameSite=Lax',
      ...(isSecure ? ['Secure'] : []),
    ];
    return attributes.join('; ');
  }

  #named(cookieName: string, { cookie = '' }: IncomingHttpHeaders): ChatCustomer | null {
    for (const pair of cookie.split(';')) {
      const [name, value = ''] = pair.trim().split('=', 2);
      const payload = name === cookieName ? this.#texts.read(value) : null;
      if (payload) return visitorOf(String(payload[0]));
    }
    return null;
  }
}

/** Whether the page has come by HTTPS. Proxies end it, so that the request itself does not tell. */
function isHttps({ origin }: IncomingHttpHeaders): boolean {
  return origin?.startsWith('https:') ?? false;
}

/** Agents tell visitors apart by the end of their names. */
function visitorOf(id: string): ChatCustomer {
  return { id, name: `Visitor ${hash('sha256', id).slice(0, 4)}` };
}
