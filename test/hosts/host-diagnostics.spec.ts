import { BadRequestException, Module, type PipeTransform } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import {
  SkipThrottle,
  Throttle,
  ThrottlerGuard,
  ThrottlerModule,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TelegramModule, TelegramService } from '../../src/index.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { adapterNames } from '../support/http-adapters.js';
import { LogCapture, type LogLine } from '../support/log-capture.js';
import { servesAt } from './host-checks.js';
import { HostDesk } from './host-desk.js';
import { AuthGuard, ShortTimeoutInterceptor } from './host-enhancers.js';
import type { Host } from './host.interface.js';

type Settings = Omit<Host, 'name' | 'path' | 'inForce'>;

const PATH = '/telegram/webhook';
const hostWith = (settings: Settings, path = PATH): Host => ({
  name: '',
  path,
  inForce: servesAt('/orders'),
  ...settings,
});

const throttled = (options: ThrottlerModuleOptions, guard = ThrottlerGuard): Settings => ({
  module: {
    imports: [ThrottlerModule.forRoot(options)],
    providers: [{ provide: APP_GUARD, useClass: guard }],
  },
});

class SkippingThrottlerGuard extends ThrottlerGuard {
  protected override shouldSkip(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

const rejectingPipe: PipeTransform = {
  transform: () => {
    throw new BadRequestException('rejected');
  },
};

const plain = [{ ttl: 60_000, limit: 9 }];
const named = [
  { name: 'short', ttl: 1_000, limit: 9 },
  { name: 'long', ttl: 60_000, limit: 99 },
];

/** Settings, and the level and the text of the line that is logged at boot. */
const loggedAtBoot: [string, Settings, LogLine['level'], string][] = [
  [
    'a throttler that limits updates',
    throttled(plain),
    'warn',
    'webhookDecorators: [SkipThrottle()]',
  ],
  [
    'two throttlers of which one is skipped',
    { ...throttled(named), extras: { webhookDecorators: [SkipThrottle({ long: true })] } },
    'warn',
    'webhookDecorators: [SkipThrottle({ short: true })]',
  ],
  [
    'two throttlers of which none has the skipped name',
    { ...throttled(named), extras: { webhookDecorators: [SkipThrottle()] } },
    'warn',
    'webhookDecorators: [SkipThrottle({ short: true, long: true })]',
  ],
  [
    'a whole webhookUrl that lacks the global prefix',
    {
      configure: (app) => app.setGlobalPrefix('api'),
      webhookUrl: (origin) => origin + PATH,
    },
    'warn',
    'webhookUrl points to /telegram/webhook, and this app serves /api/telegram/webhook',
  ],
  [
    'a path that a proxy has to strip',
    { webhookUrl: (origin) => `${origin}/shop` },
    'log',
    'Telegram delivers to /shop/telegram/webhook, and this app serves /telegram/webhook: a proxy has to strip /shop',
  ],
  [
    'webhook: false without a controller',
    { extras: { webhook: false } },
    'warn',
    'a controller has to extend TelegramWebhookController',
  ],
];

const notLogged: [string, Settings][] = [
  ['a throttler that skips by code', throttled({ throttlers: plain, skipIf: () => true })],
  [
    'a throttler of which each limit skips by code',
    throttled([{ ttl: 60_000, limit: 9, skipIf: () => true }]),
  ],
  ['a guard that skips by code', throttled(plain, SkippingThrottlerGuard)],
  [
    'a limit of its own for the webhook',
    {
      ...throttled(plain),
      extras: { webhookDecorators: [Throttle({ default: { ttl: 1_000, limit: 100 } })] },
    },
  ],
];

/** Settings that reject updates, and the status and the exception they answer with. */
const rejecting: [string, Settings, number, string][] = [
  [
    'a global guard',
    { module: { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] } },
    403,
    'ForbiddenException',
  ],
  [
    'a global pipe',
    { configure: (app) => app.useGlobalPipes(rejectingPipe) },
    400,
    'BadRequestException',
  ],
  [
    'an interceptor with a short timeout',
    { module: { providers: [{ provide: APP_INTERCEPTOR, useClass: ShortTimeoutInterceptor }] } },
    500,
    'TimeoutError',
  ],
];

describe.each(adapterNames)('A host app on %s', (adapter) => {
  let desk: HostDesk;
  afterEach(() => desk.stop());

  it.each(loggedAtBoot)('logs one line at boot about %s', async (_name, settings, level, text) => {
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    expect(desk.log.with(level, text)).toHaveLength(1);
    expect(desk.complaints).toHaveLength(level === 'log' ? 0 : 1);
  });

  it.each(notLogged)('logs no complaint at boot about %s', async (_name, settings) => {
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    expect(desk.complaints).toEqual([]);
  });

  it.each(rejecting)('logs that %s rejected an update', async (_name, settings, status, reason) => {
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    let free = (): void => undefined;
    desk.replies.before = () => new Promise((resolve) => (free = resolve));
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hello?' });
    const notice = await desk.chat.waitForMessage(() => true);
    desk.chat.agent('Ada').reply(notice, 'On its way');
    await vi.waitFor(() => expect(desk.emulator.deliveries[0]?.status).toBe(status), 20_000);
    const lines = desk.log.with('error', `rejected a Telegram update with ${status} (${reason})`);
    expect(lines[0]?.text).toContain('webhookDecorators');
    free();
  });

  it('logs nothing when a request without the secret is rejected by a global guard', async () => {
    const settings = { module: { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] } };
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    const { status } = await desk.deliver(PATH, { update_id: 1 }, 'wrong');
    expect(status).toBe(401);
    expect(desk.complaints).toEqual([]);
  });

  it('accepts a body above the limit of the app with the secret only, and up to 2 MB', async () => {
    const settings: Settings = {
      fastifyOptions: { bodyLimit: 10_240 },
      express: (app) => app.useBodyParser('json', { limit: '10kb' }),
    };
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    const updateOf = (bytes: number) => ({ update_id: 1, filling: 'x'.repeat(bytes) });
    const statusOf = async (bytes: number, secret?: string) =>
      (await desk.deliver(PATH, updateOf(bytes), secret)).status;
    expect(await statusOf(2_000_000)).toBe(200);
    expect(await statusOf(2_100_000)).toBe(413);
    expect(await statusOf(11_000, 'wrong')).toBe(401);
    expect(await statusOf(9_000, 'wrong')).toBe(401);
  });

  it('answers 404 when updates are off', async () => {
    desk = await HostDesk.start(hostWith({}), adapter, { updates: 'off' });
    expect((await desk.deliver(PATH, { update_id: 1 })).status).toBe(404);
    expect(desk.complaints).toEqual([]);
  });
});

describe('A process without HTTP', () => {
  it('registers no webhook and logs that another process serves it', async () => {
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });

    @Module({
      imports: [
        TelegramModule.forRoot({
          botToken: emulator.bot.token,
          adminChatId: chat.id,
          apiRoot: emulator.apiRoot,
          webhookUrl: 'https://shop.example',
        }),
      ],
    })
    class WorkerModule {}

    const log = new LogCapture();
    const worker = await NestFactory.createApplicationContext(WorkerModule, { logger: log });
    expect(log.with('log', 'serves no HTTP')).toHaveLength(1);
    await worker.get(TelegramService).notifyUserMessage({ threadId: 't1', text: 'Hello' });
    await chat.waitForMessage(() => true);
    await vi.waitFor(() => expect(log.with('log', 'Desk: ')).toHaveLength(1), 20_000);
    expect(new Set(emulator.calls.map(({ method }) => method))).toEqual(
      new Set([
        'getMe',
        'getChat',
        'getChatMember',
        'sendMessage',
        'getMyCommands',
        'setMyCommands',
      ]),
    );
    await worker.close();
    await emulator.stop();
  });
});
