import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PageError } from './page.error.js';

const CONTENT_TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['ico', 'image/x-icon'],
  ['woff2', 'font/woff2'],
]);

/** The files that the page is built of. */
export class PageAssets {
  readonly #places: readonly URL[];

  /** @param places Where they may be. By default where the build of this package puts them. */
  constructor(...places: readonly URL[]) {
    this.#places = places;
  }

  /**
   * Answers with a file, or with 304 to a browser that has it already.
   *
   * @param name Such as `page.js`; empty for the page itself.
   * @throws {@link PageError} When there is no such file.
   */
  async send(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { type, content } = await this.#read(name === '' ? 'index.html' : name);
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    response.setHeader('ETag', tag);
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': content.length });
    response.end(content);
  }

  async #read(name: string): Promise<{ readonly type: string; readonly content: Buffer }> {
    const places = this.#places.length > 0 ? this.#places : await usualPlaces();
    const directory = places.find((place) => existsSync(new URL('index.html', place)));
    if (!directory) {
      throw new PageError(
        500,
        'The page is not built: dist/page/index.html of telegram-bot-api-emulator is missing; run "npm run build" in its repository',
      );
    }
    const [, extension = ''] = /^[a-z0-9][\w.-]*\.([a-z0-9]+)$/i.exec(name) ?? [];
    const type = CONTENT_TYPES.get(extension);
    const path = new URL(name, directory);
    if (type === undefined || !existsSync(path)) throw new PageError(404, `There is no ${name}`);
    return { type, content: await readFile(path) };
  }
}

/** Loaded only for the page: Jest makes CommonJS of this package, which has no `import.meta`. */
async function usualPlaces(): Promise<readonly URL[]> {
  const { PAGE_PLACES } = await import('./page-places.js');
  return PAGE_PLACES;
}
