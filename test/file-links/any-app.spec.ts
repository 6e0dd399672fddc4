import {
  Injectable,
  Module,
  VersioningType,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import fastifyCompress from '@fastify/compress';
import compression from 'compression';
import { afterEach, describe, expect, it } from 'vitest';
import { requestedFileOf, type RequestedFile } from '../../src/index.js';
import { AuthGuard, Public } from '../hosts/host-enhancers.js';
import { errorsBecome } from '../hosts/host-checks.js';
import { adapterNames } from '../support/http-adapters.js';
import { LinkApp, type LinkAppOptions } from './link-app.js';

const BYTES = Buffer.from('0123456789'.repeat(1_000));

/** What the app knows of its customers. */
@Injectable()
class Sessions {
  readonly asked: RequestedFile[] = [];

  threadOf(session: unknown): string | undefined {
    return session === 'ann' ? 't1' : undefined;
  }
}

@Module({ providers: [Sessions], exports: [Sessions] })
class SessionsModule {}

@Injectable()
class OwnThreadGuard implements CanActivate {
  constructor(private readonly sessions: Sessions) {}

  canActivate(context: ExecutionContext): boolean {
    const file = requestedFileOf(context);
    this.sessions.asked.push(file);
    const { headers } = context
      .switchToHttp()
      .getRequest<{ readonly headers: Readonly<Record<string, unknown>> }>();
    return this.sessions.threadOf(headers['x-session']) === file.threadId;
  }
}

describe.each(adapterNames)('Links to files on %s', (adapter) => {
  let app: LinkApp;
  afterEach(() => app.stop());

  async function start(wanted: LinkAppOptions = {}): Promise<void> {
    app = await LinkApp.start({ adapter, ...wanted });
    app.telegram.has(BYTES);
  }

  const headersOf = (session: string) => ({ headers: { 'X-Session': session } });

  it('ask the guards of the app, which know the file, once the reference is genuine', async () => {
    await start({
      imports: [SessionsModule],
      extras: { files: { guards: [OwnThreadGuard] } },
    });
    expect((await app.get({}, headersOf('ann'))).status).toBe(200);
    expect((await app.get({}, headersOf('bob'))).status).toBe(403);
    const other = await app.get({ threadId: 't2', name: 'a.txt' }, headersOf('ann'));
    expect(other.status).toBe(403);
    const forged = await fetch(`${app.origin}${app.pathOf()}A`, headersOf('ann'));
    expect(forged.status).toBe(404);
    const { asked } = app.app.get(Sessions, { strict: false });
    expect(asked.map(({ threadId }) => threadId)).toEqual(['t1', 't1', 't2']);
    expect(asked[2]).toMatchObject({ bot: 'default', desk: 'default', fileId: 'x', name: 'a.txt' });
    expect(app.telegram.downloads).toHaveLength(1);
  });

  it('take a guard that is made already', async () => {
    await start({ extras: { files: { guards: [{ canActivate: () => false }] } } });
    expect((await app.get()).status).toBe(403);
  });

  it('pass the global guards of the app by a decorator only', async () => {
    const module = { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] };
    await start({ module });
    expect((await app.get()).status).toBe(403);
    await app.stop();
    await start({ module, extras: { files: { decorators: [Public()] } } });
    expect((await app.get()).status).toBe(200);
  });

  it.each<[string, LinkAppOptions, string]>([
    [
      'a global prefix',
      { configure: (host) => host.setGlobalPrefix('api') },
      '/api/telegram/webhook/files/',
    ],
    [
      'a prefix that leaves the webhook out',
      { configure: (host) => host.setGlobalPrefix('api', { exclude: ['telegram/webhook'] }) },
      '/api/telegram/webhook/files/',
    ],
    [
      'versions',
      {
        configure: (host) =>
          host.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
      },
      '/telegram/webhook/files/',
    ],
    ['a path of the webhook', { extras: { webhookPath: '/bots/desk/' } }, '/bots/desk/files/'],
    ['a name', { extras: { name: 'sales' } }, '/telegram/webhook/sales/files/'],
    ['a path of their own', { extras: { files: { path: 'attachments' } } }, '/attachments/'],
    ['no webhook of the module', { extras: { webhook: false } }, '/telegram/webhook/files/'],
    ['polling', { options: { updates: 'polling' } }, '/telegram/webhook/files/'],
    [
      'a webhook behind a proxy',
      { options: { webhookUrl: 'https://a.example/shop' } },
      'https://a.example/shop/telegram/webhook/files/',
    ],
  ])('lead to where the app serves them, given %s', async (_name, wanted, start_) => {
    await start(wanted);
    const link = app.pathOf();
    expect(link.startsWith(start_)).toBe(true);
    const path = link.replace('https://a.example/shop', '');
    const response = await fetch(app.origin + path);
    expect([response.status, await response.text()]).toEqual([200, BYTES.toString()]);
  });

  it.each([
    ['no token', { botToken: '' }],
    ['no chat', { adminChatId: '' }],
  ])('are not found when the module is disabled: %s', async (_name, options) => {
    await start({ options });
    expect((await app.get()).status).toBe(404);
  });

  it('are not compressed, so that their parts fit', async () => {
    await start({
      configure: async (host: INestApplication) => {
        if (adapter === 'express') host.use(compression({ threshold: 0, filter: () => true }));
        else {
          await host
            .getHttpAdapter()
            .getInstance()
            .register(fastifyCompress, { threshold: 0, customTypes: () => true });
        }
      },
    });
    const headers = { 'Accept-Encoding': 'gzip, br', Range: 'bytes=5-14' };
    const response = await app.get({}, { headers });
    expect([response.status, response.headers.get('content-encoding')]).toEqual([206, null]);
    expect(await response.text()).toBe('5678901234');
  });

  it('have the headers that the app sets, but for those that keep files harmless', async () => {
    await start({
      configure: (host) => host.enableCors({ origin: 'https://shop.example', credentials: true }),
    });
    const response = await app.get({}, { headers: { Origin: 'https://shop.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it('have their errors worded by the filters of the app', async () => {
    await start({ module: { providers: [errorsBecome(418)] } });
    expect((await fetch(`${app.origin}/telegram/webhook/files/x`)).status).toBe(418);
  });
});
