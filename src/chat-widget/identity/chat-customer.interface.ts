import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who writes in the chat, as the app knows them.
 *
 * @publicApi
 */
export interface ChatCustomer {
  /** The app's id: 1 to 256 characters. Threads belong to it. Never one that a customer can choose. */
  readonly id: string;
  /** What agents see. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/**
 * A request for the chat: that of Express or Fastify, with what the app's guards and middleware have set on it.
 *
 * @publicApi
 */
export interface ChatRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Declared as a method, so that the app may give the request the type that it has in its own code. */
export interface CustomerLookup {
  customerOf(
    request: ChatRequest,
  ): ChatCustomer | null | undefined | Promise<ChatCustomer | null | undefined>;
}

/**
 * Says who sends a request, as the app knows it; null for nobody.
 *
 * @publicApi
 *
 * @example
 * const customer: CustomerResolver = (request: Request & { user?: User }) => request.user ?? null;
 */
export type CustomerResolver = CustomerLookup['customerOf'];
