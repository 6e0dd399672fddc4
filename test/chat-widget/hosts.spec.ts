import {
  Injectable,
  RequestMethod,
  VersioningType,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import { afterEach, describe, expect, it } from 'vitest';
import { samples } from '../file-links/samples.js';
import { strictPipe } from '../hosts/host-checks.js';
import {
  AuthGuard,
  EnvelopeInterceptor,
  OneStatusFilter,
  Public,
  ShortTimeoutInterceptor,
} from '../hosts/host-enhancers.js';
import { adapterNames } from '../support/http-adapters.js';
import { ChatClient } from './chat-client.js';
import { byHeader, ChatDesk, CUSTOMER_HEADER, type ChatDeskOptions } from './chat-desk.js';

const PNG = new Uint8Array(samples.shown['image/png']);

/** Sets the user, as the guard of an app does. */
@Injectable()
class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{
      readonly headers: Readonly<Record<string, string | undefined>>;
      user?: { readonly id: string };
    }>();
    const id = request.headers[CUSTOMER_HEADER];
    if (id === 'banned') return false;
    if (id) request.user = { id: `user-${id}` };
    return true;
  }
}

describe.each(adapterNames)('The chat in an app on %s', (adapter) => {
  let chat: ChatDesk;
  afterEach(() => chat.stop());

  /** A whole conversation, with a file, below a path. */
  async function works(path: string): Promise<void> {
    const ann = new ChatClient(`${chat.desk.origin}${path}/`);
    ann.headers = { [CUSTOMER_HEADER]: 'ann' };
    expect((await ann.open()).body['anonymous']).toBe(false);
    const uploaded = await ann.upload(PNG);
    expect(uploaded.status).toBe(201);
    const opened = await ann.start('Hello', { attachments: [uploaded.body['id']] });
    expect(opened.status).toBe(201);
    const { thread, message } = opened.body;
    const link = new URL(message.attachments?.[0]?.url ?? '', ann.base);
    expect((await fetch(link)).status).toBe(200);
    const edited = await ann.call('PATCH', `threads/${thread.id}/messages/${message.id}`, {
      text: 'Hello there',
    });
    expect(edited.body.message.text).toBe('Hello there');
    const invalid = await ann.call('POST', 'threads', {});
    expect([invalid.status, invalid.body.error]).toEqual([400, 'invalid']);
    const foreign = await ann.call('GET', 'threads', undefined, { Origin: 'https://evil.example' });
    expect([foreign.status, foreign.body.error]).toEqual([403, 'forbidden_origin']);
  }

  it.each<[string, ChatDeskOptions, string]>([
    ['a global prefix', { configure: (app) => app.setGlobalPrefix('api') }, '/api/support'],
    [
      'a prefix that leaves the chat out',
      {
        configure: (app) =>
          app.setGlobalPrefix('api', {
            exclude: [{ path: 'support/*path', method: RequestMethod.ALL }],
          }),
      },
      '/support',
    ],
    [
      'versions',
      {
        configure: (app) => {
          app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
        },
      },
      '/support',
    ],
    ['a path of its own', { support: { customer: byHeader, path: '/help/chat/' } }, '/help/chat'],
    [
      'a strict pipe, an envelope around answers and a filter of exceptions',
      {
        providers: [
          { provide: APP_PIPE, useValue: strictPipe },
          { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
          {
            provide: APP_FILTER,
            inject: [HttpAdapterHost],
            useFactory: (host: HttpAdapterHost) => new OneStatusFilter(host, 418),
          },
        ],
      },
      '/support',
    ],
    [
      'a global guard that its decorators pass',
      {
        providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
        support: { customer: byHeader, decorators: [Public()] },
      },
      '/support',
    ],
  ])('works with %s', async (_name, wanted, path) => {
    chat = await ChatDesk.start({ adapter, support: { customer: byHeader }, ...wanted });
    await works(path);
    expect(chat.support.widgetUrl().path).toMatch(new RegExp(`^${path}/widget\\.\\w+\\.js$`));
  });

  it('asks the guards of the app first, and says in its own form what they refuse', async () => {
    chat = await ChatDesk.start({
      adapter,
      support: {
        guards: [UserGuard],
        anonymous: true,
        customer: (
          request: { readonly user?: { readonly id: string } } & Parameters<typeof byHeader>[0],
        ) => request.user ?? null,
      },
    });
    const { body } = await chat.customer('ann').start('Hello');
    const thread = await chat.store.findThread(body.thread.id);
    expect(thread?.customerId).toBe('user-ann');
    const banned = await chat.customer('banned').open();
    expect([banned.status, banned.body.error]).toEqual([403, 'forbidden']);
  });

  it('survives interceptors that answer earlier', async () => {
    chat = await ChatDesk.start({
      adapter,
      support: {
        customer: async (request) => {
          await new Promise((resolve) => setTimeout(resolve, 60));
          return byHeader(request);
        },
      },
      providers: [{ provide: APP_INTERCEPTOR, useClass: ShortTimeoutInterceptor }],
    });
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => (await chat.customer('ann').call('GET', 'threads')).status),
    );
    expect(statuses.every((status) => status === 200 || status === 503 || status === 408)).toBe(
      true,
    );
  });

  it('reads JSON where the app has no parser', async () => {
    chat = await ChatDesk.start({
      adapter,
      support: { customer: byHeader },
      create: { bodyParser: false },
    });
    await works('/support');
    expect((await chat.customer('ann').call('GET', 'threads')).body.threads).toHaveLength(1);
  });

  it.each([
    ['no token', { botToken: '' }],
    ['no chat', { adminChatId: '' }],
  ])('is not there when the module is disabled: %s', async (_name, options) => {
    chat = await ChatDesk.start({
      adapter,
      options,
      webhook: false,
      support: { customer: byHeader, anonymous: true },
    });
    const ann = chat.customer('ann');
    for (const answer of [await ann.open(), await ann.start('Hello'), await ann.upload(PNG)]) {
      expect([answer.status, answer.body.error]).toEqual([404, 'not_found']);
    }
  });
});
