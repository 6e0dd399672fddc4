import type { ChatClient } from './chat-client.js';

/** What a customer has. */
export interface Belongings {
  readonly threadId: string;
  /** Of the customer's own message. */
  readonly messageId: string;
}

/** A route of the chat. */
export interface ChatRoute {
  readonly method: string;
  /** As it is declared, below the path of the chat. */
  readonly path: string;
  /** A good body. */
  readonly body?: object;
  /** Whether it is for a thread, so that somebody else's is not found. */
  readonly isOfThread: boolean;
  /** Whether it needs no identity: a link is signed, a session is opened by it, a script is for everybody. */
  readonly isOpen?: boolean;
}

const ofThread = { isOfThread: true };
const ofNone = { isOfThread: false };

/** Every route. A test compares them with those that the app has, so that none is forgotten. */
export const chatRoutes: readonly ChatRoute[] = [
  { method: 'POST', path: 'session', body: {}, isOpen: true, ...ofNone },
  { method: 'GET', path: 'threads', ...ofNone },
  { method: 'POST', path: 'threads', body: { clientId: 'new', text: 'Hi' }, ...ofNone },
  { method: 'GET', path: 'threads/:threadId', ...ofThread },
  { method: 'GET', path: 'threads/:threadId/stream', ...ofThread },
  { method: 'GET', path: 'threads/:threadId/messages', ...ofThread },
  {
    method: 'POST',
    path: 'threads/:threadId/messages',
    body: { clientId: 'x1', text: 'Hi' },
    ...ofThread,
  },
  {
    method: 'PATCH',
    path: 'threads/:threadId/messages/:messageId',
    body: { text: 'Changed' },
    ...ofThread,
  },
  { method: 'DELETE', path: 'threads/:threadId/messages/:messageId', ...ofThread },
  {
    method: 'PUT',
    path: 'threads/:threadId/messages/:messageId/reaction',
    body: { emoji: '🙏' },
    ...ofThread,
  },
  { method: 'POST', path: 'threads/:threadId/read', body: { upTo: 1 }, ...ofThread },
  { method: 'POST', path: 'threads/:threadId/typing', body: {}, ...ofThread },
  { method: 'POST', path: 'threads/:threadId/rating', body: { stars: 5 }, ...ofThread },
  { method: 'POST', path: 'threads/:threadId/close', body: {}, ...ofThread },
  { method: 'POST', path: 'uploads', ...ofNone },
  { method: 'GET', path: 'files/:reference', isOpen: true, ...ofNone },
];

/** Routes of what is the same for everybody. */
export const PUBLIC_FILES = /^\/?widget/;

/** Calls a route for what somebody has. */
export function callRoute(
  client: ChatClient,
  { method, path, body }: ChatRoute,
  { threadId, messageId }: Belongings,
  headers: Record<string, string | undefined> = {},
): ReturnType<ChatClient['call']> {
  const url = path
    .replace(':threadId', threadId)
    .replace(':messageId', encodeURIComponent(messageId))
    .replace(':reference', 'x');
  return client.call(method, url, body, headers);
}
