/** Where the app serves the webhook. */
export interface ServedPath {
  /** The whole path, as in `/api/telegram/webhook`. */
  readonly path: string;
  /** The app's global prefix, as in `/api`; empty when there is none. */
  readonly globalPrefix: string;
}

/**
 * The URL that Telegram is given. To the option `webhookUrl` it adds what that lacks: the path, without
 * the global prefix where the option ends in that, and nothing where the option ends in the path. A query stays at the end.
 *
 * @example
 * webhookUrlOf('https://example.org', { path: '/api/telegram/webhook', globalPrefix: '/api' });
 * webhookUrlOf('https://example.org/api', { path: '/api/telegram/webhook', globalPrefix: '/api' });
 * // both 'https://example.org/api/telegram/webhook'
 */
export function webhookUrlOf(base: string, { path, globalPrefix }: ServedPath): string {
  const [address, query] = partsOf(base);
  const root = address.replace(/\/+$/, '');
  const basePath = pathIn(root);
  const prefix = path.startsWith(`${globalPrefix}/`) ? globalPrefix : '';
  const route = path.slice(prefix.length);
  const rest = basePath.endsWith(prefix) && prefix !== '' ? route : path;
  return (basePath.endsWith(route) ? root : root + rest) + query;
}

/** What follows the host in a URL, as it is written there, without the query. */
export function pathIn(url: string): string {
  return partsOf(url)[0].replace(/^[a-z]+:\/\/[^/]*/i, '');
}

/** A query stays behind the path that is added; Telegram does not get what follows a `#`. */
function partsOf(url: string): [address: string, query: string] {
  const [, address = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  return [address, query];
}
