import type { IncomingHttpHeaders } from 'node:http';

/**
 * Which page sends a request.
 *
 * - `own`: one of the app's own origin, or a client that is no browser: nothing says that it is a page.
 * - `listed`: one of the option `origins`.
 * - `foreign`: any other one.
 */
export type PageKind = 'own' | 'listed' | 'foreign';

/** Says which page sends a request, by what browsers do not let pages change. */
export function pageKindOf(headers: IncomingHttpHeaders, listed: ReadonlySet<string>): PageKind {
  const { origin } = headers;
  if (origin !== undefined && listed.has(origin)) return 'listed';
  const site = headers['sec-fetch-site'];
  // What the browser has found out counts more than the name of the host, which a proxy may change.
  if (typeof site === 'string') return /^(?:same-origin|none)$/.test(site) ? 'own' : 'foreign';
  return origin === undefined || isOfHost(origin, headers.host) ? 'own' : 'foreign';
}

/** A page that a session is for. */
export interface SessionPage {
  readonly origin: string;
  /** Whether it is one of the app's own origin. */
  readonly isOwn: boolean;
}

/** Whether a request comes from a page of the app's own origin, even if that is listed as well. */
export function isOwnPage(headers: IncomingHttpHeaders): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site === 'same-origin';
  return origin !== undefined && isOfHost(origin, host);
}

/** Whether a request comes from this page. */
export function isFrom({ origin, isOwn }: SessionPage, headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined) return headers.origin === origin;
  // Browsers leave out the origin of a page that reads from its own, and say so unless HTTPS is missing.
  if (namesNoPage(headers)) return isOfHost(origin, headers.host);
  return isOwn && headers['sec-fetch-site'] === 'same-origin';
}

/** Whether nothing says which page sends a request, as when a page without HTTPS reads from its own origin. */
export function namesNoPage(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined;
}

function isOfHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
