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
import { servesAt } from './host.checks.js';
import { HostDesk } from './host.desk.js';
import { AuthGuard, HastyInterceptor } from './host.enhancers.js';
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

class ChoosyThrottlerGuard extends ThrottlerGuard {
  protected override shouldSkip(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

const grumpyPipe: PipeTransform = {
  transform: () => {
    throw new BadRequestException('never');
  },
};

const plain = [{ ttl: 60_000, limit: 9 }];
const named = [
  { name: 'short', ttl: 1_000, limit: 9 },
  { name: 'long', ttl: 60_000, limit: 99 },
];

/** Settings, the level at which the boot speaks of them, and what it says. */
const toldAtBoot: [string, Settings, LogLine['level'], string][] = [
  [
    'a throttler that counts updates',
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
    'two throttlers of which none has the name that is skipped',
    { ...throttled(named), extras: { webhookDecorators: [SkipThrottle()] } },
    'warn',
    'webhookDecorators: [SkipThrottle({ short: true, long: true })]',
  ],
  [
    'a whole webhookUrl that forgets the global prefix',
    {
      configure: (app) => app.setGlobalPrefix('api'),
      webhookUrl: (origin) => origin + PATH,
    },
    'warn',
    'webhookUrl leads to /telegram/webhook, and this app serves /api/telegram/webhook',
  ],
  [
    'a path that a proxy has to take off',
    { webhookUrl: (origin) => `${origin}/shop` },
    'log',
    'Telegram posts to /shop/telegram/webhook, and this app serves /telegram/webhook: a proxy has to take off /shop',
  ],
  [
    'webhook: false without a controller',
    { extras: { webhook: false } },
    'warn',
    'one has to extend TelegramWebhookController',
  ],
];

const notTold: [string, Settings][] = [
  ['a throttler that skips by code', throttled({ throttlers: plain, skipIf: () => true })],
  [
    'a throttler of which each limit skips by code',
    throttled([{ ttl: 60_000, limit: 9, skipIf: () => true }]),
  ],
  ['a guard that skips by code', throttled(plain, ChoosyThrottlerGuard)],
  [
    'a limit of its own for the webhook',
    {
      ...throttled(plain),
      extras: { webhookDecorators: [Throttle({ default: { ttl: 1_000, limit: 100 } })] },
    },
  ],
];

/** Settings that keep updates from the desk, the status they are answered with, and what caused it. */
const refusing: [string, Settings, number, string][] = [
  [
    'a global guard',
    { module: { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] } },
    403,
    'ForbiddenException',
  ],
  [
    'a global pipe',
    { configure: (app) => app.useGlobalPipes(grumpyPipe) },
    400,
    'BadRequestException',
  ],
  [
    'an interceptor without patience',
    { module: { providers: [{ provide: APP_INTERCEPTOR, useClass: HastyInterceptor }] } },
    500,
    'TimeoutError',
  ],
];

describe.each(adapterNames)('On %s', (adapter) => {
  let desk: HostDesk;
  afterEach(() => desk.stop());

  it.each(toldAtBoot)('the boot tells of %s', async (_name, settings, level, text) => {
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    expect(desk.log.with(level, text)).toHaveLength(1);
    expect(desk.complaints).toHaveLength(level === 'log' ? 0 : 1);
  });

  it.each(notTold)('the boot is silent about %s', async (_name, settings) => {
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    expect(desk.complaints).toEqual([]);
  });

  it.each(refusing)(
    'the log tells of an update that %s refuses',
    async (_name, settings, status, reason) => {
      desk = await HostDesk.start(hostWith(settings), adapter);
      await desk.registered();
      let free = (): void => undefined;
      desk.replies.before = () => new Promise((resolve) => (free = resolve));
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hello?' });
      const notice = await desk.chat.waitForMessage(() => true);
      desk.chat.agent('Ada').reply(notice, 'On its way');
      await vi.waitFor(() => expect(desk.emulator.deliveries[0]?.status).toBe(status));
      const lines = desk.log.with('error', `with ${status} (${reason}) before the desk had it`);
      expect(lines[0]?.text).toContain('webhookDecorators');
      free();
    },
  );

  it('a stranger whom a global guard refuses is not told of', async () => {
    const settings = { module: { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] } };
    desk = await HostDesk.start(hostWith(settings), adapter);
    await desk.registered();
    const { status } = await desk.deliver(PATH, { update_id: 1 }, 'wrong');
    expect(status).toBe(401);
    expect(desk.complaints).toEqual([]);
  });

  it('only who knows the secret may send much, and nobody too much', async () => {
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

  it('a desk whose updates are off is not there', async () => {
    desk = await HostDesk.start(hostWith({}), adapter, { updates: 'off' });
    expect((await desk.deliver(PATH, { update_id: 1 })).status).toBe(404);
    expect(desk.complaints).toEqual([]);
  });
});

describe('An app without HTTP', () => {
  it('leaves the webhook to the app that serves it, and says so', async () => {
    const emulator = await BotApiEmulator.start();
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
    await vi.waitFor(() => expect(log.with('log', 'Desk: ')).toHaveLength(1));
    expect(new Set(emulator.calls.map(({ method }) => method))).toEqual(
      new Set(['getMe', 'getChat', 'sendMessage']),
    );
    await worker.close();
    await emulator.stop();
  });
});
