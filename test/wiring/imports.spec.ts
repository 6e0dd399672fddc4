import {
  Injectable,
  Module,
  type DynamicModule,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  OnThreadReply,
  TelegramConfigError,
  TelegramModule,
  TelegramService,
  type NotifyResult,
  type TelegramModuleExtras,
  type TelegramModuleOptions,
} from '../../src/index.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';
import { freePort } from '../support/redis-server.js';

type Wanted = TelegramModuleOptions & TelegramModuleExtras;

describe('TelegramModule', () => {
  const apps: INestApplication[] = [];
  let log: LogCapture;
  let emulator: BotApiEmulator;
  let options: Wanted;
  beforeEach(async () => {
    log = new LogCapture();
    emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const { apiRoot } = emulator;
    options = { botToken: emulator.bot.token, adminChatId: chat.id, apiRoot };
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await emulator.stop();
  });

  async function start(builder: TestingModuleBuilder): Promise<INestApplication> {
    const module = await builder.setLogger(log).compile();
    const app = module.createNestApplication();
    apps.push(app);
    return app.listen(0, '127.0.0.1').then(() => app);
  }

  const startWith = (...imports: Array<Type | DynamicModule>) =>
    start(Test.createTestingModule({ imports }));

  /** A feature of the app, with imports of its own. */
  function feature(...imports: Array<Type | DynamicModule>): Type {
    @Module({ imports })
    class FeatureModule {}
    return FeatureModule;
  }

  const forRoot = (more: Wanted = {}) => TelegramModule.forRoot(Object.assign({}, options, more));
  const forRootAsync = ({ webhookPath, webhook, ...more }: Wanted = {}) =>
    TelegramModule.forRootAsync({
      webhookPath,
      webhook,
      useFactory: () => Promise.resolve(Object.assign({}, options, more)),
    });

  describe('imported twice', () => {
    const other = { botToken: `7000000009:${'x'.repeat(35)}`, adminChatId: -9 };

    it.each<[string, () => Array<Type | DynamicModule>]>([
      ['by two features', () => [feature(forRoot()), feature(forRoot())]],
      ['by two features with factories', () => [feature(forRootAsync()), feature(forRootAsync())]],
      ['in both ways', () => [forRoot({ isGlobal: true }), feature(forRootAsync())]],
      ['by a feature of a feature', () => [forRoot(), feature(feature(forRoot()))]],
      ['for two bots with one path', () => [forRoot(), feature(forRoot(other))]],
      [
        'for two bots with one path, written in two ways',
        () => [
          forRoot({ webhookPath: 'bots/desk' }),
          feature(forRoot({ ...other, webhookPath: '/Bots/desk/' })),
        ],
      ],
      [
        'for one bot with two paths',
        () => [forRoot(), feature(forRootAsync({ webhookPath: 'b' }))],
      ],
      [
        'for one bot and two chats',
        () => [forRoot(), feature(forRoot({ webhookPath: 'b', adminChatId: -2 }))],
      ],
      [
        'for one chat, the second without updates',
        () => [forRoot(), feature(forRoot({ webhookPath: 'b', updates: 'off' }))],
      ],
      [
        'for one chat of two desks, the second without updates',
        () => [
          forRoot({ desks: { billing: { adminChatId: -2 } } }),
          feature(forRoot({ webhookPath: 'b', updates: 'off', adminChatId: -2 })),
        ],
      ],
      [
        'without controllers',
        () => [forRoot({ webhook: false }), feature(forRoot({ webhook: false }))],
      ],
      ['without a token', () => [TelegramModule.forRoot({}), feature(TelegramModule.forRoot({}))]],
    ])('does not boot, and says what to do: %s', async (_name, imports) => {
      const boot = startWith(...imports());
      await expect(boot).rejects.toThrow(TelegramConfigError);
      await expect(boot).rejects.toThrow(/once, with isGlobal: true, or export it/);
      expect(emulator.calls).toEqual([]);
    });

    it('opens no connection to Redis', async () => {
      const redis = `redis://127.0.0.1:${await freePort()}`;
      const boot = startWith(feature(forRoot({ redis })), feature(forRootAsync({ redis })));
      await expect(boot).rejects.toThrow(TelegramConfigError);
      expect(log.with('error', 'Redis does not answer')).toEqual([]);
    });

    it('boots when it is one import that several modules share', async () => {
      const shared = forRoot();
      const app = await startWith(shared, feature(shared), feature(shared));
      expect(app.get(TelegramService).enabled).toBe(true);
    });

    it('boots when a module exports it to others', async () => {
      const shared = forRoot();

      @Module({ imports: [shared], exports: [TelegramModule] })
      class TelegramFeature {}

      @Injectable()
      class Support {
        constructor(readonly telegram: TelegramService) {}
      }

      @Module({ imports: [TelegramFeature], providers: [Support] })
      class SupportModule {}

      @Module({ imports: [TelegramFeature] })
      class OrdersModule {}

      const app = await startWith(SupportModule, OrdersModule);
      expect(app.get(Support, { strict: false }).telegram.enabled).toBe(true);
    });

    it('boots for two bots with paths of their own', async () => {
      const app = await startWith(forRoot(), feature(forRoot({ ...other, webhookPath: 'b' })));
      expect(app.get(TelegramService).enabled).toBe(true);
    });

    it('boots for two chats of one bot, the second without updates', async () => {
      const second = { webhookPath: 'b', updates: 'off', adminChatId: -2 } as const;
      const app = await startWith(forRoot(), feature(forRoot(second)));
      expect(app.get(TelegramService).enabled).toBe(true);
    });

    it('boots in two apps of one process', async () => {
      const shared = forRoot();
      const running = [
        await startWith(shared),
        await startWith(shared),
        await startWith(forRoot()),
      ];
      expect(running.map((app) => app.get(TelegramService).enabled)).toEqual([true, true, true]);
    });
  });

  describe('with a TelegramService that a test overrides', () => {
    const notify = (): Promise<NotifyResult> => Promise.resolve({ accepted: true, id: 'stub' });

    class StubService {
      readonly notifyNewThread = notify;
    }

    class SubclassOfService extends TelegramService {
      override notifyNewThread(): Promise<NotifyResult> {
        return notify();
      }
    }

    @Injectable()
    class Support {
      constructor(readonly telegram: TelegramService) {}

      @OnThreadReply()
      take(): void {}
    }

    it.each<[string, (builder: TestingModuleBuilder) => TestingModuleBuilder]>([
      [
        'a value',
        (builder) =>
          builder.overrideProvider(TelegramService).useValue({ notifyNewThread: notify }),
      ],
      ['an empty value', (builder) => builder.overrideProvider(TelegramService).useValue({})],
      ['a class', (builder) => builder.overrideProvider(TelegramService).useClass(StubService)],
      [
        'a subclass',
        (builder) => builder.overrideProvider(TelegramService).useClass(SubclassOfService),
      ],
      [
        'a factory',
        (builder) =>
          builder
            .overrideProvider(TelegramService)
            .useFactory({ factory: () => new StubService() }),
      ],
    ])('makes no call to Telegram when it is overridden by %s', async (_name, override) => {
      const away = await freePort();
      for (const updates of ['webhook', 'polling'] as const) {
        const telegram = forRoot({
          webhookUrl: 'https://app.example.com',
          redis: `redis://127.0.0.1:${away}`,
          required: true,
          updates,
        });
        const builder = Test.createTestingModule({ imports: [telegram], providers: [Support] });
        const app = await start(override(builder));
        const { status } = await request(app.getHttpServer()).post('/telegram/webhook').send({});
        expect(status).toBe(404);
        await app.close();
      }
      await emulator.settled();
      expect(emulator.calls).toEqual([]);
      expect(log.with('log', 'Disabled: TelegramService is overridden')).toHaveLength(2);
      expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
    });

    it('boots without the token that it requires', async () => {
      const imports = [TelegramModule.forRoot({ required: true })];
      const builder = Test.createTestingModule({ imports });
      const stub = {};
      const app = await start(builder.overrideProvider(TelegramService).useValue(stub));
      expect(app.get(TelegramService)).toBe(stub);
    });
  });

  describe('without a token or a chat', () => {
    const BOTH =
      /botToken \(TELEGRAM_BOT_TOKEN\) and adminChatId \(TELEGRAM_ADMIN_CHAT_ID\) are missing/;

    it.each<[string, Wanted, RegExp, string[]]>([
      ['a token', { adminChatId: -1 }, /botToken \(TELEGRAM_BOT_TOKEN\) is missing/, ['botToken']],
      [
        'a chat',
        { botToken: `7000000009:${'x'.repeat(35)}`, adminChatId: '' },
        /adminChatId \(TELEGRAM_ADMIN_CHAT_ID\) is missing/,
        ['adminChatId'],
      ],
      ['both', { botToken: '' }, BOTH, ['botToken', 'adminChatId']],
    ])(
      'says that %s is missing, and does not boot when it is required',
      async (_name, given, line, missing) => {
        await startWith(TelegramModule.forRoot(given));
        const lines = log.with('warn', 'Disabled: ');
        expect(lines).toHaveLength(1);
        expect(lines[0]?.text).toMatch(line);
        const boot = startWith(
          TelegramModule.forRoot(Object.assign({}, given, { required: true })),
        );
        await expect(boot).rejects.toThrow(TelegramConfigError);
        await expect(boot).rejects.toMatchObject({
          problems: missing.map((option) => ({ option })),
        });
      },
    );

    it('boots when nothing is missing that is required', async () => {
      const app = await startWith(forRoot({ required: true }));
      expect(app.get(TelegramService).enabled).toBe(true);
    });
  });
});
