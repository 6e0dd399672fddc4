import { Injectable, Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  getTelegramToken,
  InjectTelegram,
  OnThreadReply,
  TelegramModule,
  TelegramService,
  type TelegramModuleExtras,
  type ThreadReply,
} from '../../src/index.js';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';

@Injectable()
class Support {
  readonly replies: string[] = [];

  constructor(
    readonly main: TelegramService,
    @InjectTelegram() readonly unnamed: TelegramService,
    @InjectTelegram('sales') readonly sales: TelegramService,
  ) {}

  @OnThreadReply()
  take({ threadId, text }: ThreadReply): void {
    this.replies.push(`${threadId}: ${text}`);
  }
}

describe('TelegramModule with a name', () => {
  const apps: INestApplication[] = [];
  let emulator: BotApiEmulator;
  let chats: EmulatedChat[];
  beforeEach(async () => {
    emulator = await BotApiEmulator.start({
      waitTimeoutMs: 20_000,
      bots: ['a', 'b', 'c'].map((letter, i) => ({
        token: `700000000${i + 1}:${letter.repeat(35)}`,
      })),
    });
    chats = emulator.bots.map((bot) => {
      const chat = emulator.createSupergroup({ title: bot.username });
      chat.setBotStatus('administrator', bot);
      return chat;
    });
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await emulator.stop();
  });

  /** The module of one of the emulator's bots. */
  function moduleOf(index: number, extras: TelegramModuleExtras): DynamicModule {
    const { apiRoot } = emulator;
    const botToken = emulator.bots[index]?.token;
    const adminChatId = chats[index]?.id;
    return TelegramModule.forRootAsync({
      ...extras,
      useFactory: () => ({ botToken, adminChatId, apiRoot }),
    });
  }

  async function start(imports: DynamicModule[], providers = [Support]): Promise<INestApplication> {
    const builder = Test.createTestingModule({ imports, providers });
    const module = await builder.setLogger(new LogCapture()).compile();
    const app = module.createNestApplication();
    apps.push(app);
    return app.listen(0, '127.0.0.1').then(() => app);
  }

  it('serves a second bot of the app, with a service and a webhook of its own', async () => {
    const app = await start([moduleOf(1, { name: 'sales' }), moduleOf(0, {})]);
    const { main, unnamed, sales, replies } = app.get(Support);
    expect(unnamed).toBe(main);
    expect(app.get(getTelegramToken('sales'))).toBe(sales);

    const url = await app.getUrl();
    const paths = ['/telegram/webhook', '/telegram/webhook/sales'];
    for (const [i, telegram] of [main, sales].entries()) {
      const [path = '', chat] = [paths[i], chats[i]];
      expect(await telegram.registerWebhook(url)).toBe(true);
      expect((await telegram.getWebhookInfo())?.url).toBe(url + path);
      await telegram.notifyNewThread({ threadId: `t${i}`, text: 'Help' });
      const notice = await chat?.waitForMessage(({ text }) => text !== undefined);
      if (notice) chat?.agent('Ada').reply(notice, `answer ${i}`);
    }
    await vi.waitFor(() => expect(replies).toHaveLength(2), 20_000);
    expect(replies.toSorted()).toEqual(['t0: answer 0', 't1: answer 1']);
  });

  it('works for any number of bots, none of which needs to be without a name', async () => {
    const names = ['sales', 'billing', 'returns'];
    const imports = names.map((name, i) => moduleOf(i, { name, isGlobal: true }));
    const app = await start(imports, []);
    for (const [i, name] of names.entries()) {
      const telegram = app.get<TelegramService>(getTelegramToken(name), { strict: false });
      await telegram.sendMessage(name);
      expect(chats[i]?.messages.flatMap(({ text }) => text ?? [])).toEqual([name]);
    }
  });

  it('is disabled alone when a test overrides its service', async () => {
    const imports = [moduleOf(0, {}), moduleOf(1, { name: 'sales' })];
    const stub = {};
    const module = await Test.createTestingModule({ imports, providers: [Support] })
      .overrideProvider(getTelegramToken('sales'))
      .useValue(stub)
      .setLogger(new LogCapture())
      .compile();
    apps.push(module.createNestApplication());
    const { main, sales } = module.get(Support);
    expect(sales).toBe(stub);
    expect(main.enabled).toBe(true);
  });

  it('is not injected as TelegramService, which would be that of any bot', async () => {
    @Injectable()
    class Unnamed {
      constructor(readonly telegram: TelegramService) {}
    }
    @Module({ imports: [moduleOf(0, { name: 'sales' })], providers: [Unnamed] })
    class SalesModule {}
    const boot = start([{ module: SalesModule }], []);
    await expect(boot).rejects.toThrow('TelegramService');
  });

  it('is rejected when the name is taken, even with another path', async () => {
    const names = [{ name: 'sales' }, { name: 'sales', webhookPath: 'other' }];
    const boot = start(
      names.map((extras, i) => moduleOf(i, extras)),
      [],
    );
    await expect(boot).rejects.toThrow(/A second bot needs a name and a botToken of its own/);
  });

  it.each(['', 'with space', 'a/b', 'x'.repeat(65)])(
    'is rejected when the name is no part of a path: "%s"',
    async (name) => {
      const boot = start([moduleOf(0, { name })], []);
      await expect(boot).rejects.toMatchObject({ problems: [{ option: 'name' }] });
    },
  );
});
