import {
  type CanActivate,
  Controller,
  ForbiddenException,
  type INestApplication,
  Injectable,
  Module,
  Post,
  type Type,
  UnauthorizedException,
  VersioningType,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  OnThreadReply,
  TelegramModule,
  TelegramService,
  TelegramWebhookController,
} from '../../src/index.js';
import {
  TelegramTestDesk,
  type TelegramTestDeskOptions,
  VirtualClock,
} from '../../src/testing/index.js';

@Injectable()
class Answers {
  readonly texts: string[] = [];

  @OnThreadReply()
  take({ text }: { readonly text: string }): void {
    this.texts.push(text);
  }
}

@Module({
  imports: [TelegramModule.forRoot({ botToken: '1:of-the-real-bot', adminChatId: -1 })],
  providers: [Answers],
})
class AppModule {}

@Controller('hooks/desk')
class OwnWebhook extends TelegramWebhookController {}

@Module({
  imports: [TelegramModule.forRoot({ webhook: false })],
  controllers: [OwnWebhook],
  providers: [Answers],
})
class OwnWebhookModule {}

@Controller()
class PlainController {
  @Post('telegram/webhook')
  take(): void {
    throw new UnauthorizedException();
  }
}

/** A guard that lets nobody in, as one without a login does. */
function refusing(error: Error): CanActivate {
  return {
    canActivate: () => {
      throw error;
    },
  };
}

const SHORT_MS = 50;

describe('TelegramTestDesk', () => {
  let desk: TelegramTestDesk;
  let apps: INestApplication[];

  beforeEach(() => {
    apps = [];
  });
  afterEach(async () => {
    await Promise.allSettled(apps.map((app) => app.close()));
    await desk.stop();
  });

  async function start({ emulator, ...wanted }: TelegramTestDeskOptions = {}): Promise<void> {
    desk = await TelegramTestDesk.start({
      emulator: { waitTimeoutMs: 20_000, ...emulator },
      ...wanted,
    });
  }

  async function create(...imports: Type[]): Promise<INestApplication> {
    return createWith([...imports], desk);
  }

  async function createWith(imports: Type[], led: TelegramTestDesk | null) {
    const all = led ? [...imports, led.module] : imports;
    const testing = await Test.createTestingModule({ imports: all }).compile();
    const app = testing.createNestApplication({ logger: false });
    apps.push(app);
    return app;
  }

  /** The texts of replies that the app has after one was written. */
  async function converse(app: INestApplication): Promise<readonly string[]> {
    await app.get(TelegramService).notifyNewThread({ threadId: '1', text: 'Hello' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Hello') === true);
    const reply = desk.chat.agent('Ada').reply(notice, 'Hi');
    await desk.chat.waitForReaction(reply.message_id, 20_000);
    return app.get(Answers).texts;
  }

  describe('finds where the app serves the webhook', () => {
    beforeEach(() => start());

    it.each<[string, (app: INestApplication) => void]>([
      ['a global prefix', (app) => app.setGlobalPrefix('api')],
      ['a global prefix of two parts', (app) => app.setGlobalPrefix('/api/v1/')],
      [
        'a global prefix that leaves it out',
        (app) => app.setGlobalPrefix('api', { exclude: ['telegram/webhook'] }),
      ],
      [
        'versions',
        (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '2' }),
      ],
    ])('below %s', async (_name, change) => {
      const app = await create(AppModule);
      change(app);
      expect(await converse(await desk.connect(app))).toEqual(['Hi']);
    });

    it('in a controller of the app', async () => {
      const app = await create(OwnWebhookModule);
      app.setGlobalPrefix('api');
      expect(await converse(await desk.connect(app))).toEqual(['Hi']);
      expect(desk.emulator.deliveries[0]?.url).toMatch(/\/api\/hooks\/desk$/);
    });

    it('in an app that listens already', async () => {
      const app = await create(AppModule);
      await app.listen(0, '127.0.0.1');
      expect(await converse(await desk.connect(app))).toEqual(['Hi']);
    });

    it('once more when the app is connected twice', async () => {
      const app = await desk.connect(await create(AppModule));
      expect(await desk.connect(app)).toBe(app);
      expect(await converse(app)).toEqual(['Hi']);
    });
  });

  describe('says when connecting an app', () => {
    beforeEach(() => start());

    it('that desk.module is not imported, before the app reaches the real Telegram', async () => {
      const app = await createWith([AppModule], null);
      await expect(desk.connect(app)).rejects.toThrow(/import desk\.module in the testing module/);
      expect(app.getHttpServer().listening).toBe(false);
    });

    it('that the module of another desk is imported', async () => {
      const other = await TelegramTestDesk.start();
      const app = await createWith([AppModule], other);
      await expect(desk.connect(app)).rejects.toThrow(/module of another TelegramTestDesk/);
      await other.stop();
    });

    it('that the app has no TelegramModule', async () => {
      const app = await create();
      await expect(desk.connect(app)).rejects.toThrow(/does not import TelegramModule/);
    });

    it('that TelegramService is a fake', async () => {
      const imports = [AppModule, desk.module];
      const builder = Test.createTestingModule({ imports });
      const testing = await builder.overrideProvider(TelegramService).useValue({}).compile();
      const app = testing.createNestApplication({ logger: false });
      apps.push(app);
      await expect(desk.connect(app)).rejects.toThrow(/TelegramService is overridden/);
    });

    it.each([new UnauthorizedException(), new ForbiddenException()])(
      'that a guard of the app refuses updates with %s',
      async (error) => {
        const app = await create(AppModule);
        app.useGlobalGuards(refusing(error));
        await expect(desk.connect(app)).rejects.toThrow(
          new RegExp(
            `/telegram/webhook with the secret is answered with ${error.getStatus()}, not with 200.* guard.*webhookDecorators`,
          ),
        );
      },
    );

    it('that middleware of the app refuses updates', async () => {
      const app = await create(AppModule);
      app.use((_request: object, response: { sendStatus(status: number): void }) =>
        response.sendStatus(403),
      );
      await expect(desk.connect(app)).rejects.toThrow(/answered with 403.*middleware/);
    });

    it('where the webhook is when the path that was passed is wrong', async () => {
      const app = await create(AppModule);
      app.setGlobalPrefix('api');
      await expect(desk.connect(app, { webhookPath: 'telegram/webhook' })).rejects.toThrow(
        /telegram\/webhook with the secret is answered with 404.* serves the webhook at \/api\/telegram\/webhook.*leave webhookPath out/,
      );
    });

    it('that another route of the app has the path of the webhook', async () => {
      @Module({ controllers: [PlainController], imports: [OwnWebhookModule] })
      class Confused {}
      const app = await create(Confused);
      await expect(desk.connect(app, { webhookPath: '/telegram/webhook' })).rejects.toThrow(
        /answered with 401, not with 200/,
      );
    });

    it('that no controller takes updates', async () => {
      @Module({ imports: [TelegramModule.forRoot({ webhook: false })] })
      class Without {}
      await expect(desk.connect(await create(Without))).rejects.toThrow(
        /No controller of the app takes updates.*extend TelegramWebhookController/,
      );
    });

    it('what Telegram says to the registration', async () => {
      const description = 'Bad Request: bad webhook: Failed to resolve host';
      desk.emulator.failNext('setWebhook', { kind: 'error', errorCode: 400, description });
      await expect(desk.connect(await create(AppModule))).rejects.toThrow(
        `was not registered: setWebhook was answered 400 ${description}`,
      );
    });

    it('that the desk was stopped', async () => {
      const app = await create(AppModule);
      await desk.stop();
      await expect(desk.connect(app)).rejects.toThrow(/desk was stopped/);
    });
  });

  describe('with options of its own says when connecting an app', () => {
    it('that they disable the module', async () => {
      await start({ options: { botToken: '' } });
      await expect(desk.connect(await create(AppModule))).rejects.toThrow(/module is disabled/i);
    });

    it('that they take no updates', async () => {
      await start({ options: { updates: 'off' } });
      await expect(desk.connect(await create(AppModule))).rejects.toThrow(/updates.*'off'/);
    });

    it('that they lead to another server', async () => {
      await start({ options: { apiRoot: 'http://127.0.0.1:9' } });
      await expect(desk.connect(await create(AppModule))).rejects.toThrow(
        /was not registered: the emulator saw no call/,
      );
    });

    it('nothing when it polls, and brings replies', async () => {
      await start({ options: { updates: 'polling' } });
      expect(await converse(await desk.connect(await create(AppModule)))).toEqual(['Hi']);
      expect(desk.emulator.callsOf('setWebhook')).toEqual([]);
    });
  });

  describe('says when a wait is over', () => {
    const waitInVain = () => desk.chat.waitForMessage(() => false, SHORT_MS);
    beforeEach(() => start());

    it('that desk.module is not imported', async () => {
      const app = await createWith([AppModule], null);
      expect(app).toBeDefined();
      await expect(waitInVain()).rejects.toThrow(
        /No such message came.*\n.*no app.* imports desk\.module/is,
      );
    });

    it('that the app is not connected, after init() alone', async () => {
      const app = await create(AppModule);
      await app.init();
      await app.get(TelegramService).notifyNewThread({ threadId: '1', text: 'Hello' });
      const notice = await desk.chat.waitForMessage(() => true);
      const reply = desk.chat.agent('Ada').reply(notice, 'Hi');
      await expect(desk.chat.waitForReaction(reply.message_id, SHORT_MS)).rejects.toThrow(
        /did not react.*No app is connected: .*desk\.connect\(app\).*app\.init\(\).*No webhook is registered; 1 update waits/s,
      );
    });

    it('that the bot made no call', async () => {
      await create(AppModule);
      await expect(waitInVain()).rejects.toThrow(
        /No app is connected: .*desk\.connect\(app\).*The bot has made no call/s,
      );
    });

    it('which call failed last', async () => {
      const app = await desk.connect(await create(AppModule));
      // What the app asks at its start is answered.
      await desk.emulator.waitForCall(
        ({ method, status }) => method === 'setMyCommands' && !!status,
      );
      desk.chat.setBotStatus('kicked');
      await app.get(TelegramService).sendMessage('Hello');
      await expect(waitInVain()).rejects.toThrow(
        /The last call that failed: sendMessage was answered 403 Forbidden: bot was kicked/,
      );
    });

    it('how the last delivery failed', async () => {
      const app = await desk.connect(await create(AppModule));
      await app.get(TelegramService).notifyNewThread({ threadId: '1', text: 'Hello' });
      const notice = await desk.chat.waitForMessage(() => true);
      await app.close();
      const reply = desk.chat.agent('Ada').reply(notice, 'Hi');
      await desk.emulator.settled();
      await expect(desk.chat.waitForReaction(reply.message_id, SHORT_MS)).rejects.toThrow(
        /The last delivery to http:\/\/127\.0\.0\.1:\d+\/telegram\/webhook failed: Connection refused; 1 update waits/,
      );
    });

    it('nothing more when all is as it should be', async () => {
      await desk.connect(await create(AppModule));
      await expect(waitInVain()).rejects.toThrow(/^No such message came within 50 ms\.[^\n]*$/);
    });
  });

  describe('stops', () => {
    beforeEach(() => start());

    it('once, however often it is stopped', async () => {
      await desk.connect(await create(AppModule));
      await Promise.all([desk.stop(), desk.stop()]);
      await desk.stop();
      await expect(fetch(desk.emulator.apiRoot)).rejects.toThrow('fetch failed');
    });

    it('when the app is closed already', async () => {
      const app = await desk.connect(await create(AppModule));
      await app.close();
      await desk.stop();
      await expect(fetch(desk.emulator.apiRoot)).rejects.toThrow('fetch failed');
    });

    it('its emulator and the other apps, and then reports the app that failed to close', async () => {
      await desk.stop();
      const clock = new VirtualClock();
      await start({ emulator: { clock } });
      const stubborn = await desk.connect(await create(AppModule));
      const adapter = stubborn.getHttpAdapter();
      const close = adapter.close.bind(adapter);
      adapter.close = async () => {
        await close();
        throw new Error('I stay');
      };
      clock.advance(1_000); // Telegram takes one registration a second.
      const other = await desk.connect(await create(AppModule));
      await expect(desk.stop()).rejects.toThrow('I stay');
      expect(other.getHttpServer().listening).toBe(false);
      await expect(fetch(desk.emulator.apiRoot)).rejects.toThrow('fetch failed');
      // What was reported once is not reported again.
      await start();
    });

    it('an app that could not be connected', async () => {
      const app = await create(AppModule);
      app.useGlobalGuards(refusing(new ForbiddenException()));
      await expect(desk.connect(app)).rejects.toThrow('403');
      await desk.stop();
      expect(app.getHttpServer().listening).toBe(false);
    });
  });
});
