import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Controller, RequestMethod, VersioningType, type INestApplication } from '@nestjs/common';
import express from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TelegramWebhookController } from '../../src/index.js';
import { HostDesk } from '../hosts/host-desk.js';
import type { Host } from '../hosts/host.interface.js';
import { adapterNames } from '../support/http-adapters.js';

const PATH = '/telegram/webhook';
const UNAUTHORIZED = { message: 'Unauthorized', statusCode: 401 };

@Controller({ path: ['hooks', 'hooks/second'], version: '2' })
class OwnWebhook extends TelegramWebhookController {}

const hostWith = (host: Partial<Host> = {}): Host => ({
  name: '',
  path: PATH,
  inForce: () => Promise.resolve(),
  ...host,
});

/** Settings of an app, and the paths of its webhook. */
const places: ReadonlyArray<[string, Partial<Host>, readonly string[]]> = [
  ['no settings', {}, [PATH, `${PATH}?a=/b`]],
  [
    'a global prefix',
    { configure: (app: INestApplication) => app.setGlobalPrefix('api') },
    [`/api${PATH}`],
  ],
  [
    'a global prefix that excludes the webhook, and versions',
    {
      configure: (app: INestApplication) => {
        app.setGlobalPrefix('api', { exclude: [{ path: PATH, method: RequestMethod.POST }] });
        app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
      },
    },
    [PATH],
  ],
  [
    'its own controller',
    {
      extras: { webhook: false },
      module: { controllers: [OwnWebhook] },
      configure: (app: INestApplication) => {
        app.setGlobalPrefix('api');
        app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
      },
    },
    ['/api/v2/hooks', '/api/v2/hooks/second'],
  ],
  [
    'its own body parsers, registered first',
    {
      create: { bodyParser: false },
      express: (app) => app.use(express.json({ limit: 100 }), express.text({ type: '*/*' })),
    },
    [PATH],
  ],
];

/** Bodies that body parsers reject with answers of their own. */
const bodies: ReadonlyArray<[string, Record<string, string>, string | Buffer]> = [
  ['invalid JSON', { 'Content-Type': 'application/json' }, '{"secret'],
  ['another charset', { 'Content-Type': 'application/json; charset=koi8-r' }, '{}'],
  ['another content type', { 'Content-Type': 'text/plain' }, 'hello'],
  ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a[b]=c&'.repeat(2_000)],
  ['no content type', { 'Content-Type': '' }, '{}'],
  ['invalid gzip', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, 'plain'],
  [
    'gzip that expands',
    { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    gzipSync(Buffer.alloc(1_000_000, 32)),
  ],
  ['another encoding', { 'Content-Type': 'application/json', 'Content-Encoding': 'rot13' }, '{}'],
  ['a large body', { 'Content-Type': 'application/json' }, `"${'x'.repeat(500_000)}"`],
];

describe.each(adapterNames)('A request without the webhook secret, on %s', (adapter) => {
  let desk: HostDesk;
  afterEach(() => {
    // A server that closes waits for connections that are not idle yet.
    const server: Server = desk.app.getHttpServer();
    server.closeAllConnections();
    return desk.stop();
  });

  const send = (
    path: string,
    headers: Record<string, string>,
    body: string | Buffer,
    method = 'POST',
  ) => desk.call(path, { method, headers, body: Uint8Array.from(Buffer.from(body)) });

  describe.each(places.map(([name, host, paths]) => [name, { host, paths }] as const))(
    'to an app with %s',
    (_name, { host, paths }) => {
      it('is answered 401 and not logged, whatever its body is', async () => {
        desk = await HostDesk.start(hostWith(host), adapter);
        await desk.registered();
        await vi.waitFor(() => expect(desk.log.with('log', 'Desk: ')).toHaveLength(1), 20_000);
        const before = desk.log.lines.length;
        for (const path of paths) {
          for (const [, headers, body] of bodies) {
            for (const secret of [[], [['X-Telegram-Bot-Api-Secret-Token', 'wrong-secret']]]) {
              const shown: Record<string, string> = Object.fromEntries(secret);
              const response = await send(path, { ...headers, ...shown }, body);
              expect([response.status, await response.json()]).toEqual([401, UNAUTHORIZED]);
            }
          }
        }
        expect(desk.log.lines.slice(before)).toEqual([]);
      });
    },
  );

  it('is answered 401 before its body arrives', async () => {
    desk = await HostDesk.start(hostWith(), adapter);
    await desk.registered();
    const { port } = new URL(desk.appOrigin);
    for (const length of ['Content-Length: 99999999999', 'Transfer-Encoding: chunked']) {
      const socket = connect(Number(port), '127.0.0.1');
      const head = [`POST ${PATH} HTTP/1.1`, 'Host: a', 'Content-Type: application/json', length];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 401 /);
      socket.destroy();
    }
  });

  it('reaches the app when it has another method or path', async () => {
    desk = await HostDesk.start(hostWith(), adapter);
    await desk.registered();
    expect((await desk.call(PATH)).status).toBe(404);
    expect((await desk.call(PATH, { method: 'PUT' })).status).toBe(404);
    const wrong = await send('/orders', { 'Content-Type': 'application/json' }, '{"secret');
    expect(wrong.status).toBe(400);
  });

  it('is answered 404 when the module is disabled or no controller serves the webhook', async () => {
    desk = await HostDesk.start(hostWith({ extras: { webhook: false } }), adapter);
    expect((await send(PATH, {}, '{}')).status).toBe(404);
    await desk.stop();
    desk = await HostDesk.start(hostWith(), adapter, { botToken: '' });
    const headers = { 'Content-Type': 'application/json' };
    expect((await send(PATH, headers, '{}')).status).toBe(404);
  });
});

describe('A request without the webhook secret, on express', () => {
  let desk: HostDesk;
  afterEach(() => desk.stop());

  it.each([
    '/Telegram/WEBHOOK',
    `${PATH}/`,
    `${PATH}/?a=b`,
    `${PATH}#top`,
    `http://elsewhere.example${PATH}`,
  ])('is answered 401 when its target is written %s', async (target) => {
    desk = await HostDesk.start(hostWith(), 'express');
    await desk.registered();
    const socket = connect(Number(new URL(desk.appOrigin).port), '127.0.0.1');
    const head = [`POST ${target} HTTP/1.1`, 'Host: a', 'Content-Type: application/json'];
    socket.write(`${head.join('\r\n')}\r\nContent-Length: 4\r\n\r\n{"a"`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
  });
});
