import { Injectable } from '@nestjs/common';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import { AppCustomers } from './app-customers.js';
import type { ChatCustomer } from './chat-customer.interface.js';
import type { ChatHttpRequest } from './chat-http-request.interface.js';
import { ChatSessions, type ChatSession } from './chat-sessions.js';
import { isFrom, namesNoPage } from './request-origin.js';
import { Visitors } from './visitors.js';

/**
 * Finds out who sends a request: whoever has a session, else whom the app knows, else a visitor with a cookie. A visitor
 * with a session may have logged in meanwhile, so that the app is asked first.
 */
@Injectable()
export class CustomerIdentifier {
  constructor(
    private readonly settings: ChatSettings,
    private readonly app: AppCustomers,
    private readonly sessions: ChatSessions,
    private readonly visitors: Visitors,
  ) {}

  /** @throws {@link ChatHttpError} `unauthenticated` when it is nobody, or when the session is not good. */
  async identify(request: ChatHttpRequest): Promise<ChatCustomer> {
    const text = this.sessions.textIn(request.headers.authorization);
    const session = text === undefined ? null : this.#sessionOf(text, request);
    if (text !== undefined && !session) {
      throw new ChatHttpError('unauthenticated', 'The session has expired or is not for this page');
    }
    if (session && !this.visitors.isOne(session.customer)) return session.customer;
    const known = await this.knownToApp(request);
    const customer = known ?? session?.customer ?? this.visitorOf(request);
    if (customer) return customer;
    throw new ChatHttpError('unauthenticated', 'Open a session first: POST session');
  }

  /** The session that a request shows; null without a good one. */
  sessionOf(request: ChatHttpRequest): ChatSession | null {
    const text = this.sessions.textIn(request.headers.authorization);
    return text === undefined ? null : this.#sessionOf(text, request);
  }

  /** Whom the app knows; null for nobody. */
  knownToApp(request: ChatHttpRequest): Promise<ChatCustomer | null> {
    return this.app.of(request);
  }

  /** The visitor whose cookie a request has; null without, and where there are no visitors. */
  visitorOf({ headers }: ChatHttpRequest): ChatCustomer | null {
    return this.settings.anonymous ? this.visitors.of(headers) : null;
  }

  /** A session is for the pages of one origin. */
  #sessionOf(text: string, request: ChatHttpRequest): ChatSession | null {
    const session = this.sessions.read(text);
    if (!session) return null;
    const { customer, page } = session;
    if (this.visitors.isOne(customer) && !this.settings.anonymous) return null;
    if (isFrom(page, request.headers)) return session;
    // A proxy may have changed the name of the host, but the cookie is from the same browser.
    const isSame = namesNoPage(request.headers) && this.visitorOf(request)?.id === customer.id;
    return isSame ? session : null;
  }
}
