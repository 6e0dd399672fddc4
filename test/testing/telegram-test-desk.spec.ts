import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Body,
  Controller,
  Get,
  Injectable,
  Module,
  type ModuleMetadata,
  Param,
  Post,
} from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  html,
  type NoticeTemplates,
  OnThreadReply,
  telegramConfig,
  TelegramModule,
  TelegramService,
  type ThreadReply,
} from '../../src/index.js';
import { TelegramTestDesk, VirtualClock } from '../../src/testing/index.js';
import { projectFolder } from '../support/run.js';

@Injectable()
class OrderMessages {
  readonly #answers = new Map<string, string[]>();

  @OnThreadReply()
  answer({ threadId, text }: ThreadReply): Promise<void> {
    this.#answers.set(threadId, [...this.of(threadId), text]);
    return Promise.resolve();
  }

  of(threadId: string): string[] {
    return this.#answers.get(threadId) ?? [];
  }
}

@Controller('orders/:id')
class OrdersController {
  constructor(
    private readonly telegram: TelegramService,
    private readonly messages: OrderMessages,
  ) {}

  @Post()
  async ask(@Param('id') id: string, @Body() { text }: { text: string }): Promise<void> {
    await this.telegram.notifyNewThread({ threadId: id, text });
  }

  @Get()
  list(@Param('id') id: string): string[] {
    return this.messages.of(id);
  }
}

@Module({
  imports: [
    ConfigModule.forRoot({ ignoreEnvFile: true }),
    TelegramModule.forRootAsync(telegramConfig.asProvider()),
  ],
  controllers: [OrdersController],
  providers: [OrderMessages],
})
class AppModule {}

describe('TelegramTestDesk', () => {
  it('brings the answer of an agent to the customer', async () => {
    const desk = await TelegramTestDesk.start();
    const testing = await Test.createTestingModule({ imports: [AppModule, desk.module] }).compile();
    const app = await desk.connect(testing.createNestApplication());
    await request(app.getHttpServer()).post('/orders/42').send({ text: 'Where is my parcel?' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('parcel') === true);
    const reply = desk.chat.agent('Ada').reply(notice, 'On its way');
    await desk.chat.waitForReaction(reply.message_id); // your app has taken it
    await request(app.getHttpServer()).get('/orders/42').expect(200, ['On its way']);
    desk.emulator.assertConformant();
    await desk.stop();
  });

  it.each(['README.md', 'docs/testing.md'])(
    'is shown in %s by the ten lines of the test above',
    async (page) => {
      const source = await readFile(fileURLToPath(import.meta.url), 'utf8');
      const text = await readFile(join(projectFolder, page), 'utf8');
      const body =
        /agent to the customer', async \(\) => \{\n(.*?) {2}\}\);/s.exec(source)?.[1] ?? '';
      const lines = body.trimEnd().split('\n');
      expect(lines).toHaveLength(10);
      expect(text).toContain(lines.map((line) => line.slice('    '.length)).join('\n'));
    },
  );

  describe('with an app of many habits', () => {
    let desk: TelegramTestDesk;

    beforeEach(async () => {
      desk = await TelegramTestDesk.start({ emulator: { waitTimeoutMs: 20_000 } });
    });

    afterEach(() => desk.stop());

    const createApp = async (...imports: NonNullable<ModuleMetadata['imports']>) => {
      const testing = await Test.createTestingModule({
        imports: [...imports, desk.module],
      }).compile();
      return testing.createNestApplication({ logger: false });
    };

    it('keeps what the app has chosen, but for where Telegram and Redis are', async () => {
      const templates: Partial<NoticeTemplates> = {
        newThread: ({ threadId }) => html`Ticket ${threadId}`,
      };
      const own = TelegramModule.forRoot({
        botToken: '1:of-the-real-bot',
        adminChatId: -1,
        webhookUrl: 'https://desk.example',
        redis: 'redis://127.0.0.1:1',
        templates,
      });
      const app = await desk.connect(await createApp(own));
      await app.get(TelegramService).notifyNewThread({ threadId: '42', text: 'Hello' });
      const notice = await desk.chat.waitForMessage(() => true);
      expect(notice.text).toContain('Ticket 42');
    });

    it('serves an app without any configuration', async () => {
      const app = await desk.connect(await createApp(TelegramModule.forRoot({})));
      expect(app.get(TelegramService).enabled).toBe(true);
    });

    it('finds the webhook below a global prefix', async () => {
      const app = await createApp(AppModule);
      app.setGlobalPrefix('api');
      await desk.connect(app);
      await app.get(TelegramService).notifyNewThread({ threadId: '42', text: 'Hello' });
      const notice = await desk.chat.waitForMessage(() => true);
      const reply = desk.chat.agent('Ada').reply(notice, 'Hi');
      await desk.chat.waitForReaction(reply.message_id);
      expect(app.get(OrderMessages).of('42')).toEqual(['Hi']);
    });

    it('says when the app serves no webhook at the path', async () => {
      const app = await createApp(AppModule);
      app.setGlobalPrefix('api');
      await expect(desk.connect(app, { webhookPath: 'telegram/webhook' })).rejects.toThrow(
        /telegram\/webhook with the secret is answered with 404, not with 200.*leave webhookPath out/,
      );
    });

    it('says when the webhook was refused', async () => {
      desk.emulator.failNext('setWebhook', {
        kind: 'error',
        errorCode: 400,
        description: 'Bad Request: bad webhook: Failed to resolve host',
      });
      await expect(desk.connect(await createApp(AppModule))).rejects.toThrow(
        /^The webhook http:\/\/127\.0\.0\.1:\d+\/telegram\/webhook was not registered/,
      );
    });
  });

  it('gives the app the time of its emulator', async () => {
    const clock = new VirtualClock();
    const desk = await TelegramTestDesk.start({
      emulator: { clock, waitTimeoutMs: 20_000 },
      chat: (emulator) => emulator.createGroup({ title: 'Small desk' }),
      options: { rateLimit: { messages: 1, windowMs: 60_000 } },
    });
    const testing = await Test.createTestingModule({ imports: [AppModule, desk.module] }).compile();
    const app = await desk.connect(testing.createNestApplication({ logger: false }));
    const telegram = app.get(TelegramService);
    await telegram.notifyNewThread({ threadId: '1', text: 'first' });
    await telegram.notifyNewThread({ threadId: '2', text: 'second' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('first') === true);
    expect(desk.chat.messages).toHaveLength(1);
    await expect.poll(() => clock.pending, { timeout: 20_000 }).toBeGreaterThan(0);
    clock.advance(60_000);
    const { date } = await desk.chat.waitForMessage(
      ({ text }) => text?.includes('second') === true,
    );
    expect(date).toBe(Math.floor(clock.now() / 1000));
    expect(desk.chat.type).toBe('group');
    await desk.stop();
  });
});
