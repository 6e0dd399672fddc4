import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { PageError } from './page.error.js';
import type { PageOptions } from './page.options.js';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Keeps pages of other sites from using the page, and what people send from running in it. */
export class PageGuard {
  readonly #policy: string;

  /** @throws {Error} When something that may show the page is no origin. */
  constructor({ frameAncestors = [] }: PageOptions) {
    for (const origin of frameAncestors) checkOrigin(origin);
    this.#policy = [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "media-src 'self' blob:",
      "connect-src 'self'",
      `frame-ancestors ${["'self'", ...frameAncestors].join(' ')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');
  }

  /**
   * Lets in who comes from the page itself, or from nowhere, such as a test.
   *
   * @throws {@link PageError} For a name that leads here though it is another's, and for pages of other sites.
   */
  check({ method, headers }: IncomingMessage): void {
    const { host = '', origin } = headers;
    if (!LOOPBACK_HOST.test(host)) {
      throw new PageError(403, 'The page is for this machine only; open it by its pageUrl');
    }
    const isOwn = origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
    if (!isOwn || isLoadedElsewhere(headers)) {
      throw new PageError(403, 'The page takes no requests of other sites');
    }
    if (method === 'POST' && headers['x-emulator-page'] !== '1') {
      throw new PageError(403, 'POST requests carry the header "X-Emulator-Page: 1"');
    }
  }

  /** Sets what holds for everything but the page itself: nothing may run, be shown elsewhere or be kept. */
  protect(response: ServerResponse): void {
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Cache-Control', 'no-store');
  }

  /** Sets what holds for the files of the page itself instead. */
  allowPage(response: ServerResponse): void {
    response.setHeader('Content-Security-Policy', this.#policy);
    response.setHeader('Cache-Control', 'no-cache');
  }
}

/** Whether a page of another site loads it as a picture or the like, which a browser says; to show it in a frame is left. */
function isLoadedElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  const isForeign = site === 'cross-site' || site === 'same-site';
  return isForeign && headers['sec-fetch-mode'] !== 'navigate';
}

function checkOrigin(text: string): void {
  if (URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)) return;
  throw new Error(
    `page.frameAncestors: ${JSON.stringify(text)} is no origin such as http://localhost:3000`,
  );
}
