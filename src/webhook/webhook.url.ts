/** Where the app serves the webhook. */
export interface ServedPath {
  /** The whole path, as in `/api/telegram/webhook`. */
  readonly path: string;
  /** The app's global prefix, as in `/api`; empty when there is none. */
  readonly globalPrefix: string;
}

/**
 * The URL that Telegram is given. To the option `webhookUrl` it adds what that lacks: the path, without
 * the global prefix where the option ends in that, and nothing where the option ends in the path.
 *
 * @example
 * webhookUrlOf('https://example.org', { path: '/api/telegram/webhook', globalPrefix: '/api' });
 * webhookUrlOf('https://example.org/api', { path: '/api/telegram/webhook', globalPrefix: '/api' });
 * // both 'https://example.org/api/telegram/webhook'
 */
export function webhookUrlOf(base: string, { path, globalPrefix }: ServedPath): string {
  const root = base.replace(/\/+$/, '');
  const basePath = pathIn(root);
  const prefix = path.startsWith(`${globalPrefix}/`) ? globalPrefix : '';
  const route = path.slice(prefix.length);
  if (basePath.endsWith(route)) return root;
  return prefix !== '' && basePath.endsWith(prefix) ? root + route : root + path;
}

/** What follows the host in a URL, as it is written there. */
export function pathIn(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '');
}
