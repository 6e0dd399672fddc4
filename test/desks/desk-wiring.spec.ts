import {
  Injectable,
  Module,
  type DynamicModule,
  type INestApplicationContext,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import {
  getTelegramToken,
  OnDeadLetter,
  OnThreadEvent,
  OnThreadReply,
  TelegramModule,
  TelegramService,
  type TelegramModuleExtras,
  type TelegramModuleOptions,
} from '../../src/index.js';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';
import { ownBot } from '../support/own-bot.js';
import { ReplyLog } from '../support/reply-log.js';
import { PLACES } from './several-desks.js';

describe('The desks of a bot', () => {
  const apps: INestApplicationContext[] = [];
  let emulator: BotApiEmulator;
  let log: LogCapture;
  beforeEach(async () => {
    log = new LogCapture();
    emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [ownBot(), ownBot()] });
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await emulator.stop();
  });

  function chatOf(index: number): EmulatedChat {
    const [bot, chat] = [emulator.bots[index], emulator.createSupergroup({ title: 'Desk' })];
    if (bot) chat.setBotStatus('administrator', bot);
    return chat;
  }

  function optionsOf(index: number, chats: readonly EmulatedChat[]): TelegramModuleOptions {
    const [main, ...others] = chats;
    return {
      botToken: emulator.bots[index]?.token,
      adminChatId: main?.id,
      apiRoot: emulator.apiRoot,
      desks: Object.fromEntries(others.map(({ id }, i) => [`desk${i + 1}`, { adminChatId: id }])),
    };
  }

  function moduleOf(
    options: TelegramModuleOptions,
    extras: TelegramModuleExtras = {},
  ): DynamicModule {
    return TelegramModule.forRootAsync({ ...extras, useFactory: () => Promise.resolve(options) });
  }

  async function notice(chat: EmulatedChat | undefined, words: string): Promise<void> {
    await chat?.waitForMessage(({ text }) => text?.includes(words) === true, 20_000);
  }

  it.each([
    ['by reference', {}],
    ['by content', { moduleIdGeneratorAlgorithm: 'deep-hash' }],
    ['for a snapshot of the graph', { snapshot: true }],
  ] as const)(
    'are there when Nest identifies modules %s, for each of two bots',
    async (_name, how) => {
      const chats = [0, 1].map((index) => [chatOf(index), chatOf(index), chatOf(index)]);
      const [main = [], sales = []] = chats;
      @Module({
        imports: [moduleOf(optionsOf(0, main)), moduleOf(optionsOf(1, sales), { name: 'sales' })],
      })
      class AppModule {}
      const app = await NestFactory.createApplicationContext(AppModule, {
        ...how,
        logger: log,
        abortOnError: false,
      });
      apps.push(app);
      for (const [index, name] of [undefined, 'sales'].entries()) {
        const telegram = app.get<TelegramService>(getTelegramToken(name), { strict: false });
        for (const desk of ['default', 'desk1', 'desk2']) {
          await telegram.notifyNewThread({ threadId: desk, text: `${index} ${desk}`, desk });
        }
      }
      for (const [index, own] of chats.entries()) {
        for (const [place, desk] of ['default', 'desk1', 'desk2'].entries()) {
          await notice(own[place], `${index} ${desk}`);
          const texts = own[place]?.messages.flatMap(({ text }) => text ?? []);
          expect(texts).toHaveLength(1);
        }
      }
    },
  );

  it.each(PLACES)(
    'of a second bot get their replies by the webhook of that bot, beside the first, with data in %s',
    async (place) => {
      const chats = [0, 1].map((index) => [chatOf(index), chatOf(index)]);
      const [main = [], sales = []] = chats;
      const redis = place === 'Redis' ? inject('redisUrl') : undefined;
      const imports = [
        moduleOf(Object.assign(optionsOf(0, main), { redis })),
        moduleOf(Object.assign(optionsOf(1, sales), { redis }), { name: 'sales' }),
      ];
      const builder = Test.createTestingModule({ imports, providers: [ReplyLog] }).setLogger(log);
      const app = (await builder.compile()).createNestApplication();
      apps.push(app);
      await app.listen(0, '127.0.0.1');
      const url = await app.getUrl();
      for (const [index, name] of [undefined, 'sales'].entries()) {
        const telegram = app.get<TelegramService>(getTelegramToken(name), { strict: false });
        expect(await telegram.registerWebhook(url)).toBe(true);
        await telegram.notifyNewThread({ threadId: `t${index}`, text: 'Help', desk: 'desk1' });
        const chat = chats[index]?.[1];
        const posted = await chat?.waitForMessage(({ text }) => text !== undefined);
        if (posted) chat?.agent('Ada').reply(posted, `answer ${index}`);
      }
      const { replies } = app.get(ReplyLog);
      await vi.waitFor(() => expect(replies).toHaveLength(2), 20_000);
      const taken = replies.map(({ desk, threadId, text }) => `${desk} ${threadId} ${text}`);
      expect(taken.toSorted()).toEqual(['desk1 t0 answer 0', 'desk1 t1 answer 1']);
    },
  );

  it('are named at boot when a method is for none of them', async () => {
    @Injectable()
    class Listener {
      @OnThreadReply({ desk: 'biling' })
      take(): void {}

      @OnDeadLetter({ bot: 'sales', desk: 'desk1' })
      count(): void {}

      @OnThreadEvent('closed', { desk: ['nowhere', 'desk1'] })
      close(): void {}
    }
    const imports = [moduleOf(optionsOf(0, [chatOf(0), chatOf(0)]))];
    const builder = Test.createTestingModule({ imports, providers: [Listener] }).setLogger(log);
    const app = await builder.compile();
    apps.push(app);
    await app.init();
    const lines = log.with('warn', 'is never called').map(({ text }) => text);
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'RootTestModule/Listener.take',
      'RootTestModule/Listener.count',
    ]);
    expect(lines[0]).toContain('There are: default of default, desk1 of default');
  });

  it.each(PLACES)('get their replies by polling, too, with data in %s', async (place) => {
    const redis = place === 'Redis' ? inject('redisUrl') : undefined;
    const chats = [chatOf(0), chatOf(0)];
    const imports = [moduleOf(Object.assign(optionsOf(0, chats), { updates: 'polling', redis }))];
    const builder = Test.createTestingModule({ imports, providers: [ReplyLog] }).setLogger(log);
    const app = await builder.compile();
    apps.push(app);
    await app.init();
    await app.get(TelegramService).notifyNewThread({ threadId: 't', text: 'Help', desk: 'desk1' });
    const posted = await chats[1]?.waitForMessage(({ text }) => text !== undefined);
    if (posted) chats[1]?.agent('Ada').reply(posted, 'On its way');
    const { replies } = app.get(ReplyLog);
    await vi.waitFor(() => expect(replies).toMatchObject([{ desk: 'desk1' }]), 20_000);
  });

  it('do nothing when the module is disabled', async () => {
    const options = { adminChatId: -1, desks: { billing: { adminChatId: -2 } } };
    const builder = Test.createTestingModule({ imports: [moduleOf(options)] }).setLogger(log);
    const app = await builder.compile();
    apps.push(app);
    await app.init();
    const billing = app.get(TelegramService).desk('billing');
    expect(billing.enabled).toBe(false);
    expect(await billing.sendMessage('x')).toBeNull();
    const thread = { threadId: 't', text: 'x', desk: 'billing' };
    expect(await app.get(TelegramService).notifyNewThread(thread)).toEqual({
      accepted: false,
      reason: 'disabled',
    });
    expect(await app.get(TelegramService).deadLetters.list()).toEqual([]);
    expect(emulator.calls).toEqual([]);
  });

  it('share their threads among processes, which all know what desk a thread has', async () => {
    const chats = [chatOf(0), chatOf(0)];
    const options = Object.assign(optionsOf(0, chats), { redis: inject('redisUrl') });
    const services: TelegramService[] = [];
    for (const updates of ['webhook', 'off'] as const) {
      const imports = [moduleOf(Object.assign({}, options, { updates }))];
      const app = await Test.createTestingModule({ imports }).setLogger(log).compile();
      apps.push(app);
      await app.init();
      services.push(app.get(TelegramService));
    }
    const [one, other] = services;
    await one?.notifyNewThread({ threadId: 't1', text: 'one', desk: 'desk1' });
    await other?.notifyUserMessage({ threadId: 't1', text: 'two' });
    await other?.updateThread({ threadId: 't1', desk: 'default' });
    await one?.notifyUserMessage({ threadId: 't1', text: 'three' });
    await notice(chats[1], 'two');
    await notice(chats[0], 'three');
    const first = chats[1]?.messages.flatMap(({ text }) => text ?? []).join('\n');
    expect(first).toMatch(/one[^]*two[^]*moved to the desk default/);
    expect(first).not.toContain('three');
  });

  it.each([
    ['memory', 1],
    ['Redis', 1],
    ['Redis', 2],
  ])(
    'post 30 messages a second together, with data in %s, from so many processes: %i',
    async (place, processes) => {
      const chats = [chatOf(0), chatOf(0), chatOf(0)];
      const rateLimit = { messages: 1_000, windowMs: 1_000 };
      const redis = place === 'Redis' ? inject('redisUrl') : undefined;
      const imports = [moduleOf(Object.assign(optionsOf(0, chats), { rateLimit, redis }))];
      const services: TelegramService[] = [];
      for (let i = 0; i < processes; i++) {
        const app = await Test.createTestingModule({ imports }).setLogger(log).compile();
        apps.push(app);
        await app.init();
        services.push(app.get(TelegramService));
      }
      const calls = Array.from({ length: 48 }, async (_, i) => {
        const desk = i % 3 === 0 ? 'default' : `desk${i % 3}`;
        return services[i % processes]?.desk(desk).sendMessage(`message ${i}`) ?? null;
      });
      expect((await Promise.all(calls)).every((id) => id !== null)).toBe(true);
      const times = emulator.calls
        .filter(({ method }) => method === 'sendMessage')
        .map(({ at }) => at);
      expect(times).toHaveLength(48);
      const windows = times.map(
        (from) => times.filter((at) => at >= from && at < from + 1_000).length,
      );
      expect(Math.max(...windows)).toBeLessThanOrEqual(30);
    },
  );
});
