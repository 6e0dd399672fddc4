import { Module, type INestApplicationContext } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  getTelegramToken,
  TelegramModule,
  TelegramSecretGuard,
  TelegramService,
  ThreadMappingRepository,
  type MessageRef,
  type TelegramModuleExtras,
} from '../../src/index.js';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import { WEBHOOK_SECRETS } from '../../src/webhook/webhook.constants.js';
import { LogCapture } from '../support/log-capture.js';

/** Remembers what the desk has stored. */
class Mappings extends ThreadMappingRepository {
  readonly stored: string[] = [];

  store(_message: MessageRef, threadId: string): Promise<void> {
    this.stored.push(threadId);
    return Promise.resolve();
  }

  find(): Promise<string | null> {
    return Promise.resolve(null);
  }
}

describe("A TelegramModule in Nest's container", () => {
  const apps: INestApplicationContext[] = [];
  let emulator: BotApiEmulator;
  let chats: EmulatedChat[];
  beforeEach(async () => {
    const tokens = ['a', 'b'].map((letter, i) => `700000000${i + 1}:${letter.repeat(35)}`);
    emulator = await BotApiEmulator.start({
      waitTimeoutMs: 20_000,
      bots: tokens.map((token) => ({ token })),
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

  const moduleOf = (index: number, extras: TelegramModuleExtras = {}) =>
    TelegramModule.forRootAsync({
      ...extras,
      useFactory: () =>
        Promise.resolve({
          botToken: emulator.bots[index]?.token,
          adminChatId: chats[index]?.id,
          apiRoot: emulator.apiRoot,
        }),
    });

  /** The texts of the notices in a chat. */
  async function noticeIn(chat: EmulatedChat | undefined): Promise<string | undefined> {
    const notice = await chat?.waitForMessage(({ text }) => text !== undefined);
    return notice?.text;
  }

  it.each([
    ['by reference', {}],
    ['by content', { moduleIdGeneratorAlgorithm: 'deep-hash' }],
    ['for a snapshot of the graph', { snapshot: true }],
  ] as const)('belongs to its bot when Nest identifies modules %s', async (_name, options) => {
    @Module({ imports: [moduleOf(0), moduleOf(1, { name: 'sales' })] })
    class AppModule {}

    const logger = new LogCapture();
    const app = await NestFactory.createApplicationContext(AppModule, {
      ...options,
      logger,
      abortOnError: false,
    });
    apps.push(app);
    const names = [undefined, 'sales'];
    for (const [i, name] of names.entries()) {
      const telegram = app.get<TelegramService>(getTelegramToken(name), { strict: false });
      await telegram.notifyNewThread({ threadId: 't1', text: `for ${name ?? 'all'}` });
      expect(await noticeIn(chats[i])).toContain(`for ${name ?? 'all'}`);
    }
  });

  it.each<[string, TelegramModuleExtras, unknown[]]>([
    [
      'the service, what the chat module shares with it, the mappings and the guard',
      {},
      [
        TelegramService,
        'TelegramBotInternals',
        ThreadMappingRepository,
        TelegramSecretGuard,
        WEBHOOK_SECRETS,
      ],
    ],
    [
      'the service of a bot with a name, and what the chat module shares with it',
      { name: 'sales' },
      ['TelegramService:sales', 'TelegramBotInternals:sales'],
    ],
  ])('exports only %s', async (_name, extras, exported) => {
    const imports = [moduleOf(0, extras)];
    const builder = Test.createTestingModule({ imports }).setLogger(new LogCapture());
    const app = await builder.compile();
    apps.push(app);
    const modules = [...app.get(ModulesContainer).values()];
    const module = modules.find(({ metatype }) => metatype === TelegramModule);
    expect(new Set(module?.exports)).toEqual(new Set(exported));
  });

  it('uses what a test has put in the place of a provider', async () => {
    const mappings = new Mappings();
    const app = await Test.createTestingModule({ imports: [moduleOf(0)] })
      .overrideProvider(ThreadMappingRepository)
      .useValue(mappings)
      .setLogger(new LogCapture())
      .compile();
    apps.push(app);
    await app.init();
    const telegram = app.get(TelegramService, { strict: false });
    await telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    await noticeIn(chats[0]);
    await expect.poll(() => mappings.stored, { timeout: 20_000 }).toEqual(['t1']);
  });
});
