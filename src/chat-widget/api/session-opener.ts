import { Injectable } from '@nestjs/common';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatCustomer } from '../identity/chat-customer.interface.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { ChatSessions, type ChatSession, type SignedSession } from '../identity/chat-sessions.js';
import { CustomerIdentifier } from '../identity/customer-identifier.js';
import { CustomerTokens, type CustomerToken } from '../identity/customer-tokens.js';
import { isOwnPage } from '../identity/request-origin.js';
import { Visitors } from '../identity/visitors.js';

/** Who has come, and what their browser is to keep. */
export interface OpenedSession {
  readonly customer: ChatCustomer;
  readonly isAnonymous: boolean;
  /** Whatever works without cookies: of those with a token, and of visitors. */
  readonly session?: SignedSession;
  /** A `Set-Cookie` header. */
  readonly cookie?: string;
  /** To be redeemed before the session is given away. */
  readonly token?: CustomerToken;
}

/** Finds out who comes to the chat: whoever shows a token or a session, else whom the app knows, else a visitor. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly settings: ChatSettings,
    private readonly identifier: CustomerIdentifier,
    private readonly tokens: CustomerTokens,
    private readonly sessions: ChatSessions,
    private readonly visitors: Visitors,
  ) {}

  /** @throws {@link ChatHttpError} `unauthenticated` when it is nobody, or when the token is not good. */
  async open(request: ChatHttpRequest, token: string | undefined): Promise<OpenedSession> {
    if (token !== undefined) return this.#accept(request, token);
    const present = this.identifier.sessionOf(request);
    if (present && !this.visitors.isOne(present.customer)) return this.#renew(request, present);
    const known = await this.identifier.knownToApp(request);
    if (known) return { customer: known, isAnonymous: false };
    if (present) return this.#renew(request, present);
    if (this.settings.anonymous) return this.#welcome(request);
    throw new ChatHttpError('unauthenticated', 'Nobody is logged in, and there is no token');
  }

  /**
   * Redeems the token of a session, if it has one. Last of all, so that no token is lost by a fault.
   *
   * @throws {@link ChatHttpError} `unauthenticated` when it was redeemed before.
   */
  async redeem({ token }: OpenedSession): Promise<void> {
    if (token && !(await this.tokens.redeem(token))) throw badToken();
  }

  #accept(request: ChatHttpRequest, text: string): OpenedSession {
    const { origin } = request.headers;
    const token = origin === undefined ? null : this.tokens.read(text, origin);
    if (!token) throw badToken();
    const page = { origin: token.origin, isOwn: isOwnPage(request.headers) };
    const session = this.sessions.make(token.customer, page);
    return { customer: token.customer, isAnonymous: false, session, token };
  }

  /** Whoever has a visitor's cookie stays the visitor as long as they have it. */
  #renew(request: ChatHttpRequest, { customer, page, startedAtMs }: ChatSession): OpenedSession {
    const hasCookie = this.identifier.visitorOf(request)?.id === customer.id;
    const session = this.sessions.make(customer, page, hasCookie ? undefined : startedAtMs);
    return { customer, isAnonymous: this.visitors.isOne(customer), session };
  }

  #welcome(request: ChatHttpRequest): OpenedSession {
    const { headers } = request;
    const { origin } = headers;
    const customer = this.identifier.visitorOf(request) ?? this.visitors.create();
    const cookie = this.visitors.cookieOf(customer, headers);
    const page = origin === undefined ? undefined : { origin, isOwn: isOwnPage(headers) };
    const session = page && this.sessions.make(customer, page);
    return { customer, isAnonymous: true, cookie, ...(session && { session }) };
  }
}

function badToken(): ChatHttpError {
  return new ChatHttpError(
    'unauthenticated',
    'The token is not for this page, has expired or was used before',
  );
}
