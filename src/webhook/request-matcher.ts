import type { IncomingHttpHeaders } from 'node:http';

/** What the doors of the HTTP servers ask. */
export interface RequestMatcher {
  /** Whether a request with this path is for the webhook. */
  isWebhook(path: string): boolean;
  /** Whether the headers show the secret that Telegram knows. */
  isAuthentic(headers: IncomingHttpHeaders): boolean;
}
