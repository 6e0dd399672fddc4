import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import compression from 'compression';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WidgetFiles } from '../../src/chat-widget/widget-files/widget-files.js';
import { createWidgetRoute } from '../../src/chat-widget/widget-files/widget-route.factory.js';
import { adapterNames, createApp } from '../support/http-adapters.js';

const BUILT = new URL('../../dist/chat-widget/widget/', import.meta.url);
const PLAIN = { 'Accept-Encoding': 'identity' };
const MOST_BYTES = 20 * 1024;

it('is at most 20 KiB when it is compressed', async () => {
  const script = await readFile(new URL('support-chat.js', BUILT));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(MOST_BYTES);
});

it('has neither eval nor HTML that is parsed in the page', async () => {
  const script = await readFile(new URL('support-chat.js', BUILT), 'utf8');
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
  );
});

describe.each(adapterNames)('The files of the widget on %s', (adapter) => {
  let app: INestApplication;
  let origin: string;

  beforeEach(async () => {
    const module = await Test.createTestingModule(createWidgetRoute('support')).compile();
    app = createApp(module, adapter);
    app.setGlobalPrefix('api');
    if (adapter === 'express') app.use(compression({ threshold: 0 }));
    else await app.getHttpAdapter().getInstance().register(fastifyCompress, { threshold: 0 });
    await app.listen(0, '127.0.0.1');
    origin = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  });
  afterEach(() => app.close());

  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}/api/support/${path}`, init);

  it('are the script under a fixed name, asked for anew when it may have changed', async () => {
    const built = await readFile(new URL('support-chat.js', BUILT), 'utf8');
    const response = await get('widget.js');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(built);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
      vary: expect.stringContaining('Accept-Encoding'),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    const tag = response.headers.get('etag') ?? '';
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await get('widget.js', { headers: { 'If-None-Match': known } });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
    }
    expect((await get('widget.js', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  });

  it('are sent without compression to those who want none', async () => {
    const [plain, compressed] = [
      await get('widget.js', { headers: PLAIN }),
      await get('widget.js'),
    ];
    const refused = await get('widget.js', { headers: { 'Accept-Encoding': 'gzip;q=0' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(refused.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('etag')).not.toBe(compressed.headers.get('etag'));
    expect(await plain.text()).toBe(await compressed.text());
  });

  it('are the script under the name of its content, kept for a year', async () => {
    const { fileName, integrity } = app.get(WidgetFiles).script();
    expect(fileName).toMatch(/^widget\.[0-9a-f]{16}\.js$/);
    const response = await get(fileName);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const body = Buffer.from(await response.arrayBuffer());
    expect(integrity).toBe(`sha384-${createHash('sha384').update(body).digest('base64')}`);
    expect((await get('widget.0123456789abcdef.js')).status).toBe(404);
  });

  it('answer HEAD with the headers of GET', async () => {
    const [head, whole] = [await get('widget.js', { method: 'HEAD' }), await get('widget.js')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control']) {
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
    }
  });

  it('are the words of each language but English', async () => {
    for (const language of ['ar', 'de', 'es', 'fr', 'pt', 'ru', 'uk', 'zh']) {
      const response = await get(`widget.${language}.json`);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.text()).toContain('"placeholder"');
    }
    for (const other of ['xx', '..%2Fpackage', '%00', 'de.json']) {
      expect((await get(`widget.${other}.json`)).status).toBe(404);
    }
  });
});
