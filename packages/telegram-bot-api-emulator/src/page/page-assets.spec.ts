import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PageAssets } from './page-assets.js';

describe('PageAssets', () => {
  let directory: string;
  let server: Server;
  let root: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'page-assets-'));
    writeFileSync(join(directory, 'index.html'), '<!doctype html>');
    writeFileSync(join(directory, 'page.js'), 'start();');
    writeFileSync(join(directory, 'page.css'), 'body {}');
    writeFileSync(join(directory, 'page-site.d.ts'), 'export {};');
    const assets = new PageAssets(pathToFileURL(`${directory}/`));
    server = createServer((request, response) => {
      void assets
        .send(request.url?.slice(1) ?? '', request, response)
        .catch((error: unknown) => response.writeHead(404).end(String(error)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    root = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['', 'text/html; charset=utf-8', '<!doctype html>'],
    ['index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['page.js', 'text/javascript; charset=utf-8', 'start();'],
    ['page.css', 'text/css; charset=utf-8', 'body {}'],
  ])('sends %j', async (name, type, text) => {
    const response = await fetch(`${root}${name}`);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([type, text]);
  });

  it('sends a file again only when it has changed', async () => {
    const tag = (await fetch(`${root}page.js`)).headers.get('etag') ?? '';
    const headers = { 'If-None-Match': tag };
    expect((await fetch(`${root}page.js`, { headers })).status).toBe(304);
    writeFileSync(join(directory, 'page.js'), 'restart();');
    expect(await (await fetch(`${root}page.js`, { headers })).text()).toBe('restart();');
  });

  it.each([
    'missing.js',
    'page-site.d.ts',
    '..%2Fpage.js',
    'page.js%00.html',
    '%2Fetc%2Fpasswd',
    'index',
  ])('sends no %s', async (name) => {
    expect((await fetch(`${root}${name}`)).status).toBe(404);
  });

  it('says what to do when the page is not built', async () => {
    const assets = new PageAssets(pathToFileURL(`${directory}/nowhere/`));
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      void assets
        .send('', request, response)
        .catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    expect(await (await fetch(root)).text()).toContain(
      'The page is not built: dist/page/index.html of telegram-bot-api-emulator is missing; run "npm run build"',
    );
  });
});
