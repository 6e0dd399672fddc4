import {
  Controller,
  Global,
  Injectable,
  Module,
  SetMetadata,
  VersioningType,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BotApiTransportError,
  OnThreadReply,
  TelegramConfigError,
  TelegramModule,
  TelegramService,
  TelegramWebhookController,
  ThreadMappingRepository,
  telegramConfig,
  type TelegramModuleOptions,
  type TelegramOptionsFactory,
  type ThreadReply,
} from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';
import { freePort } from '../support/redis-server.js';
import { SilentServer } from '../support/silent.server.js';

const HEADER = 'X-Telegram-Bot-Api-Secret-Token';
const token = '7000000001:AAHwiringwiringwiringwiringwiring12';
const options = {
  botToken: token,
  adminChatId: -1,
  apiRoot: 'http://127.0.0.1:1',
} satisfies TelegramModuleOptions;
const secret = new BotToken(token).derive('webhook-secret').reveal();

/** What the app's webhook answers to an update with the right secret. */
async function statusOf(app: INestApplication, path = '/telegram/webhook'): Promise<number> {
  const server = request(app.getHttpServer());
  const { status } = await server.post(path).set(HEADER, secret).send({ update_id: 1 });
  return status;
}

describe('TelegramModule', () => {
  const apps: INestApplication[] = [];
  let log: LogCapture;
  beforeEach(() => {
    log = new LogCapture();
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  async function start(builder: TestingModuleBuilder): Promise<INestApplication> {
    const module = await builder.setLogger(log).compile();
    const app = module.createNestApplication();
    apps.push(app);
    return app.init();
  }

  function startWith(module: Parameters<typeof Test.createTestingModule>[0]['imports']) {
    return start(Test.createTestingModule({ imports: module ?? [] }));
  }

  describe('is configured', () => {
    @Injectable()
    class Options implements TelegramOptionsFactory {
      createTelegramOptions(): TelegramModuleOptions {
        return options;
      }
    }

    @Global()
    @Module({ providers: [Options], exports: [Options] })
    class OptionsModule {}

    it.each([
      ['forRoot', () => [TelegramModule.forRoot(options)]],
      ['a factory', () => [TelegramModule.forRootAsync({ useFactory: () => options })]],
      [
        'a factory that waits and injects',
        () => [
          TelegramModule.forRootAsync({
            imports: [OptionsModule],
            inject: [Options],
            useFactory: async (factory: Options) =>
              Promise.resolve(factory.createTelegramOptions()),
          }),
        ],
      ],
      ['a class', () => [TelegramModule.forRootAsync({ useClass: Options })]],
      [
        'an existing provider',
        () => [OptionsModule, TelegramModule.forRootAsync({ useExisting: Options })],
      ],
    ])('by %s', async (_name, modules) => {
      const app = await startWith(modules());
      expect(app.get(TelegramService).enabled).toBe(true);
      expect(await statusOf(app)).toBe(200);
    });

    it('by environment variables, with telegramConfig', async () => {
      const before = { ...process.env };
      Object.assign(process.env, {
        TELEGRAM_BOT_TOKEN: token,
        TELEGRAM_ADMIN_CHAT_ID: '-1',
        TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
        TELEGRAM_WEBHOOK_SECRET: 'from-the-environment, its-predecessor',
        TELEGRAM_UPDATES: 'webhook',
        TELEGRAM_MODE: '',
        REDIS_URL: '',
      });
      try {
        const app = await startWith([TelegramModule.forRootAsync(telegramConfig.asProvider())]);
        expect(app.get(TelegramService).enabled).toBe(true);
        for (const [shown, status] of Object.entries({
          'from-the-environment': 200,
          'its-predecessor': 200,
          'from-the-environment, its-predecessor': 401,
        })) {
          await request(app.getHttpServer())
            .post('/telegram/webhook')
            .set(HEADER, shown)
            .send({ update_id: 1 })
            .expect(status);
        }
      } finally {
        restoreEnvironment(before);
      }
    });

    it.each([
      ['TELEGRAM_UPDATES', 'carrier pigeon', 'wants "webhook" or "polling" or "off"'],
      ['TELEGRAM_MODE', 'threads', 'wants "replies" or "topics"'],
      ['TELEGRAM_MODE', 'top\u2028ics', 'wants "replies"', String.raw`"top\u{2028}ics"`],
      ['TELEGRAM_UPDATES', token, 'wants "webhook"', 'a string of 46 characters'],
    ])('not when the variable %s is %s', (variable, value, wants, got = `"${value}"`) => {
      const before = process.env[variable];
      process.env[variable] = value;
      try {
        expect(() => telegramConfig()).toThrow(TelegramConfigError);
        expect(() => telegramConfig()).toThrow(`${variable}: got ${got}; ${wants}`);
      } finally {
        if (before === undefined) delete process.env[variable];
        else process.env[variable] = before;
      }
    });
  });

  describe('names the variable that an option came from', () => {
    const variables = {
      TELEGRAM_BOT_TOKEN: 'no token',
      TELEGRAM_ADMIN_CHAT_ID: 'desk',
      TELEGRAM_WEBHOOK_SECRET: 'first one, second one',
      TELEGRAM_WEBHOOK_URL: 'example.org',
      TELEGRAM_API_ROOT: 'api.telegram.org',
      REDIS_URL: 'localhost:6379',
    };
    const before = { ...process.env };
    beforeEach(() => {
      Object.assign(process.env, variables);
    });
    afterEach(() => {
      restoreEnvironment(before);
    });

    it('with telegramConfig', async () => {
      const boot = startWith([TelegramModule.forRootAsync(telegramConfig.asProvider())]);
      const error: unknown = await boot.catch((thrown: unknown) => thrown);
      if (!(error instanceof TelegramConfigError)) throw error;
      const { message, problems } = error;
      expect(message.split('\n')).toHaveLength(1 + Object.keys(variables).length);
      expect(new Set(problems.map(({ variable }) => variable))).toEqual(
        new Set(Object.keys(variables)),
      );
      expect(message).toContain('adminChatId, from TELEGRAM_ADMIN_CHAT_ID: got "desk"; wants');
      expect(message).toContain('webhookUrl, from TELEGRAM_WEBHOOK_URL: got "example.org"');
      expect(message).toContain('redis, from REDIS_URL: got "localhost:6379"');
      expect(message).toContain('put redis:// in front');
      expect(message).not.toMatch(/no token|first one/);
    });

    it('beside a variable with an unknown value', () => {
      process.env['TELEGRAM_MODE'] = 'threads';
      expect(() => telegramConfig()).toThrow(/TELEGRAM_MODE.*\n.*TELEGRAM_BOT_TOKEN/);
    });

    it('with a factory of the app, and none for values from elsewhere', async () => {
      const useFactory = () => ({
        adminChatId: process.env['TELEGRAM_ADMIN_CHAT_ID'],
        webhookUrl: 'example.com',
      });
      await expect(startWith([TelegramModule.forRootAsync({ useFactory })])).rejects.toMatchObject({
        problems: [
          { option: 'adminChatId', variable: 'TELEGRAM_ADMIN_CHAT_ID' },
          expect.not.objectContaining({ variable: expect.anything() }),
        ],
      });
    });
  });

  describe('serves its webhook', () => {
    it('under the configured path', async () => {
      const app = await startWith([
        TelegramModule.forRoot({ ...options, webhookPath: 'hooks/tg' }),
      ]);
      expect(await statusOf(app, '/hooks/tg')).toBe(200);
      expect(await statusOf(app)).toBe(404);
    });

    it('under the default path when the extra is undefined', async () => {
      const app = await startWith([TelegramModule.forRoot({ ...options, webhookPath: undefined })]);
      expect(await statusOf(app)).toBe(200);
    });

    it('under the same path in an app whose routes have versions', async () => {
      const module = Test.createTestingModule({ imports: [TelegramModule.forRoot(options)] });
      const app = (await module.setLogger(log).compile()).createNestApplication();
      apps.push(app);
      app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
      await app.init();
      expect(await statusOf(app)).toBe(200);
    });

    it('with the configured decorators, such as one that passes a global guard', async () => {
      const isPublic = 'isPublic';

      @Injectable()
      class AuthGuard implements CanActivate {
        constructor(private readonly reflector: Reflector) {}

        canActivate(context: ExecutionContext): boolean {
          return this.reflector.get(isPublic, context.getClass()) === true;
        }
      }

      const guarded = { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] };
      const closed = await start(
        Test.createTestingModule({ imports: [TelegramModule.forRoot(options)], ...guarded }),
      );
      expect(await statusOf(closed)).toBe(403);
      const open = TelegramModule.forRoot({
        ...options,
        webhookDecorators: [SetMetadata(isPublic, true)],
      });
      expect(
        await statusOf(await start(Test.createTestingModule({ imports: [open], ...guarded }))),
      ).toBe(200);
    });

    it('nowhere when the app serves it itself', async () => {
      @Controller('my/telegram')
      class MyWebhook extends TelegramWebhookController {}

      const imports = [TelegramModule.forRoot({ ...options, webhook: false })];
      const app = await start(Test.createTestingModule({ imports, controllers: [MyWebhook] }));
      expect(await statusOf(app)).toBe(404);
      expect(await statusOf(app, '/my/telegram')).toBe(200);
      await request(app.getHttpServer()).post('/my/telegram').send({ update_id: 1 }).expect(401);
    });

    it('nowhere when updates are off', async () => {
      const app = await startWith([TelegramModule.forRoot({ ...options, updates: 'off' })]);
      expect(await statusOf(app)).toBe(404);
    });
  });

  it('is global with isGlobal: true', async () => {
    @Injectable()
    class Support {
      constructor(
        readonly telegram: TelegramService,
        readonly mappings: ThreadMappingRepository,
      ) {}
    }

    @Module({ providers: [Support] })
    class SupportModule {}

    await expect(startWith([TelegramModule.forRoot(options), SupportModule])).rejects.toThrow(
      'TelegramService',
    );
    const app = await startWith([
      TelegramModule.forRoot({ ...options, isGlobal: true }),
      SupportModule,
    ]);
    expect(app.get(Support, { strict: false }).telegram).toBe(app.get(TelegramService));
  });

  it('does not affect another module in the same process', async () => {
    const handled: string[] = [];

    @Injectable()
    class First {
      @OnThreadReply()
      take({ threadId, text }: ThreadReply): void {
        handled.push(`first ${threadId} ${text}`);
      }
    }

    @Injectable()
    class Second {
      @OnThreadReply()
      take({ threadId, text }: ThreadReply): void {
        handled.push(`second ${threadId} ${text}`);
      }
    }

    const desks = [
      { provider: First, path: 'first', botToken: `7000000001:${'a'.repeat(35)}` },
      { provider: Second, path: 'second', botToken: `7000000002:${'b'.repeat(35)}` },
    ];
    const running = await Promise.all(
      desks.map(async ({ provider, path, botToken }) => {
        const emulator = await BotApiEmulator.start({
          waitTimeoutMs: 20_000,
          bots: [{ token: botToken }],
        });
        const chat = emulator.createSupergroup({ title: path });
        const { apiRoot } = emulator;
        const module = { botToken, adminChatId: chat.id, apiRoot, webhookPath: path };
        const app = await start(
          Test.createTestingModule({
            imports: [TelegramModule.forRoot(module)],
            providers: [provider],
          }),
        );
        await app.listen(0, '127.0.0.1');
        return { app, chat, emulator, path };
      }),
    );
    for (const { app, chat, emulator, path } of running) {
      const telegram = app.get(TelegramService);
      await telegram.registerWebhook(`${await app.getUrl()}/${path}`);
      await telegram.notifyNewThread({ threadId: 'same-id', text: path });
      const notice = await chat.waitForMessage(() => true);
      chat.agent('Ada').reply(notice, path);
      await emulator.idle();
      expect(chat.messages).toHaveLength(2);
    }
    expect(handled).toEqual(['first same-id first', 'second same-id second']);
    await Promise.all(running.map(({ emulator }) => emulator.stop()));
  });

  describe('without a token or a chat', () => {
    it.each([
      ['no token', { adminChatId: -1 }],
      ['an empty token', { botToken: '', adminChatId: -1 }],
      ['no chat', { botToken: token }],
      ['an empty chat', { botToken: token, adminChatId: '' }],
      ['neither', {}],
    ])('is disabled: %s', async (_name, missing) => {
      const app = await startWith([TelegramModule.forRoot(missing)]);
      const telegram = app.get(TelegramService);
      const message = { threadId: 't1', text: 'Hello' };
      expect(telegram.enabled).toBe(false);
      expect(await telegram.sendMessage('Hello')).toBeNull();
      expect(await telegram.registerWebhook('https://app.example.com')).toBe(false);
      const refused = { accepted: false, reason: 'disabled' };
      expect(await telegram.notifyNewThread(message)).toEqual(refused);
      expect(await telegram.notifyUserMessage(message)).toEqual(refused);
      await expect(telegram.api.call('getMe')).rejects.toBeInstanceOf(TelegramConfigError);
      expect(await statusOf(app)).toBe(404);
      expect(log.with('warn', 'Disabled')).toHaveLength(1);
      expect(log.with('debug', 'did nothing')).toHaveLength(4);
    });
  });

  it('boots when neither Telegram nor Redis can be reached', async () => {
    const away = await freePort();
    const app = await startWith([
      TelegramModule.forRoot({
        ...options,
        apiRoot: `http://127.0.0.1:${away}`,
        webhookUrl: 'https://app.example.com',
        redis: `redis://127.0.0.1:${away}`,
      }),
    ]);
    const telegram = app.get(TelegramService);
    expect(await telegram.notifyNewThread({ threadId: 't1', text: 'Hello' })).toEqual({
      accepted: false,
      reason: 'unavailable',
      id: expect.any(String),
    });
    await expect(telegram.api.call('getMe')).rejects.toBeInstanceOf(BotApiTransportError);
  });

  it('boots while Telegram and Redis accept connections and never answer', async () => {
    const silent = await SilentServer.start();
    // Longer than the test may take: a boot that waited for either of them would fail it.
    const app = await startWith([
      TelegramModule.forRoot({
        ...options,
        apiRoot: silent.url('http'),
        webhookUrl: 'https://app.example.com',
        requestTimeoutMs: 60_000,
        redis: { port: silent.port, host: '127.0.0.1', connectTimeout: 60_000 },
      }),
    ]);
    const telegram = app.get(TelegramService);
    expect(await telegram.notifyNewThread({ threadId: 't1', text: 'Hello' })).toMatchObject({
      accepted: false,
      reason: 'unavailable',
    });
    await silent.stop();
  });

  it('does not boot and says what to do when a feature module imports the bare class', async () => {
    await expect(startWith([TelegramModule])).rejects.toThrow('TelegramModule.forRoot()');
  });

  it('does not boot with invalid options, and names them all', async () => {
    const wrong = { botToken: 'no token', adminChatId: 'desk', requestTimeoutMs: -1 };
    await expect(startWith([TelegramModule.forRoot(wrong)])).rejects.toThrow(TelegramConfigError);
    await expect(
      startWith([TelegramModule.forRootAsync({ useFactory: () => wrong })]),
    ).rejects.toMatchObject({
      problems: [{ option: 'botToken' }, { option: 'adminChatId' }, { option: 'requestTimeoutMs' }],
    });
  });
});

/** Keeps the object, since only that is the environment which Node reads, as in `os.tmpdir()`. */
function restoreEnvironment(before: Readonly<NodeJS.ProcessEnv>): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in before)) delete process.env[name];
  }
  Object.assign(process.env, before);
}
