import type { IncomingMessage } from 'node:http';
import type { ChatCustomer, ChatRequest } from './chat-customer.interface.js';

/** A request for the chat, as Express and Fastify have it. */
export interface ChatHttpRequest extends ChatRequest {
  /** By the names in the route. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What the body parser of the app has read, if it has. */
  readonly body?: unknown;
  /** Of Fastify: the request of Node. On Express the request is that itself. */
  readonly raw?: IncomingMessage;
  /** Who sends it; set by `ChatIdentityGuard`. */
  chatCustomer?: ChatCustomer;
}
