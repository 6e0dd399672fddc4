import { Controller, Module } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import {
  TelegramModule,
  TelegramWebhookController,
  type TelegramModuleOptions,
} from '../../src/index.js';
import {
  BotApiEmulator,
  Clock,
  SystemClock,
  VirtualClock,
  type EmulatedChat,
} from '../../src/testing/index.js';
import { freePort } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';

/** The types that the desk's handlers take. */
const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'message_reaction',
  'callback_query',
  'my_chat_member',
] as const;

const webhookUrl = 'https://app.example.com';
const url = `${webhookUrl}/telegram/webhook`;

@Controller('hooks/:tenant')
class TenantWebhook extends TelegramWebhookController {}

@Module({ controllers: [TenantWebhook] })
class TenantModule {}

describe('The registration of the webhook', () => {
  const desks: TestDesk[] = [];
  let emulator: BotApiEmulator | undefined;

  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
    await emulator?.stop();
    emulator = undefined;
  });

  async function start(wanted: TestDeskOptions = {}): Promise<TestDesk> {
    const desk = await TestDesk.start({ webhook: false, ...wanted });
    desks.push(desk);
    return desk;
  }

  /** An emulator with a bot that no other test uses, for several processes of one desk. */
  async function startTelegram(
    clock: Clock = new SystemClock(),
  ): Promise<{ telegram: BotApiEmulator; chat: EmulatedChat }> {
    const telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, clock, bots: [ownBot()] });
    emulator = telegram;
    return { telegram, chat: telegram.createSupergroup({ title: 'Support' }) };
  }

  function optionsOf(telegram: BotApiEmulator, chat: EmulatedChat): Partial<TelegramModuleOptions> {
    return {
      botToken: telegram.bot.token,
      adminChatId: chat.id,
      apiRoot: telegram.apiRoot,
      webhookUrl,
    };
  }

  it('starts when the app listens', async () => {
    const { telegram, chat } = await startTelegram();
    const port = await freePort();
    const desk = await start({
      options: { ...optionsOf(telegram, chat), webhookUrl: `http://127.0.0.1:${port}` },
      port,
    });
    await telegram.waitForCall(({ method }) => method === 'setWebhook');
    const notice = await desk.telegram.sendMessage('Hello');
    expect(notice).not.toBeNull();
    chat.agent('Ada').write('Anyone?');
    await telegram.idle();
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([200]);
  });

  describe('by many processes that start at once', () => {
    it('calls setWebhook once when they share a Redis', async () => {
      const { telegram, chat } = await startTelegram();
      const options = { ...optionsOf(telegram, chat), redis: inject('redisUrl') };
      const instances = await Promise.all(
        [1, 2, 3, 4].map(() => start({ options, unchecked: true })),
      );
      await vi.waitFor(() => expect(telegram.callsOf('getWebhookInfo')).toHaveLength(4), 20_000);
      await telegram.settled();
      expect(telegram.callsOf('setWebhook')).toHaveLength(1);
      expect(await instances[0]?.telegram.getWebhookInfo()).toMatchObject({ url });
      expect(instances.flatMap(({ log }) => log.with('error', ''))).toEqual([]);
    });

    it('waits as long as Telegram asks when it has no Redis', async () => {
      const clock = new VirtualClock();
      const { telegram, chat } = await startTelegram();
      telegram.failNext('setWebhook', { kind: 'flood', retryAfterSeconds: 7 });
      await start({ clock, options: optionsOf(telegram, chat) });
      await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      clock.advance(6_999);
      expect(telegram.callsOf('setWebhook')).toHaveLength(1);
      clock.advance(1);
      await vi.waitFor(
        () => expect(telegram.callsOf('setWebhook').at(-1)?.status).toBe(200),
        20_000,
      );
      expect(telegram.callsOf('setWebhook')).toHaveLength(2);
    });
  });

  describe('when the secret changes', () => {
    it('registers the new secret during a rotation, without rejecting an update', async () => {
      const { telegram, chat } = await startTelegram();
      const port = await freePort();
      const options = { ...optionsOf(telegram, chat), webhookUrl: `http://127.0.0.1:${port}` };
      const before = await start({ options: { ...options, webhookSecret: 'former' }, port });
      await telegram.waitForCall(({ method }) => method === 'setWebhook');
      await before.app.close();
      await start({ options: { ...options, webhookSecret: ['next', 'former'] }, port });
      await vi.waitFor(() => {
        const secrets = telegram.callsOf('setWebhook').map(({ params }) => params['secret_token']);
        expect(secrets).toEqual(['former', 'next']);
      }, 20_000);
      chat.agent('Ada').write('Anyone?');
      await telegram.idle();
      expect(telegram.deliveries.map(({ status }) => status)).toEqual([200]);
    });

    it('registers the new secret at the first start with Redis, and not at the second', async () => {
      const clock = new VirtualClock();
      const { telegram, chat } = await startTelegram(clock);
      const options = { ...optionsOf(telegram, chat), redis: inject('redisUrl') };
      for (const webhookSecret of ['former', 'former', 'next', 'next']) {
        const asked = telegram.callsOf('getWebhookInfo').length;
        const desk = await start({ options: { ...options, webhookSecret } });
        await vi.waitFor(
          () => expect(telegram.callsOf('getWebhookInfo').length).toBe(asked + 1),
          20_000,
        );
        await vi.waitFor(async () => {
          const leases = await withRedis((redis) => redis.keys(`tg:{${telegram.bot.id}}:lease:*`));
          expect(leases).toEqual([]);
        }, 20_000);
        await desk.app.close();
        // Telegram takes one a second.
        clock.advance(1_000);
      }
      const secrets = telegram.callsOf('setWebhook').map(({ params }) => params['secret_token']);
      expect(secrets).toEqual(['former', 'next']);
      const kept = await withRedis((redis) => redis.get(`tg:{${telegram.bot.id}}:webhook`));
      expect(kept).toMatch(/^\S{20,}$/);
      expect(kept).not.toContain('next');
    });

    it('registers again, at most once a minute, when Telegram shows an unknown secret', async () => {
      const clock = new VirtualClock();
      const telegramsClock = new VirtualClock();
      const { telegram, chat } = await startTelegram(telegramsClock);
      const port = await freePort();
      const place = `http://127.0.0.1:${port}`;
      const own = `${place}/telegram/webhook`;
      const wrong = {
        url: own,
        secret_token: 'unknown',
        allowed_updates: JSON.stringify(ALLOWED_UPDATES),
      };
      await fetch(
        `${telegram.apiRoot}/bot${telegram.bot.token}/setWebhook?${new URLSearchParams(wrong).toString()}`,
      );
      await start({ clock, options: { ...optionsOf(telegram, chat), webhookUrl: place }, port });
      await telegram.waitForCall(({ method }) => method === 'getWebhookInfo');
      chat.agent('Ada').write('Anyone?');
      await vi.waitFor(() => expect(telegram.deliveries[0]?.status).toBe(401), 20_000);
      // What is rejected before the check at the start is over causes no other one.
      await vi.waitFor(async () => {
        await fetch(own, { method: 'POST', body: '{}' });
        expect(clock.pending).toBe(1);
      }, 20_000);
      telegramsClock.advance(1_000);
      clock.advance(1_000);
      await vi.waitFor(() => expect(telegram.deliveries.at(-1)?.status).toBe(200), 20_000);
      const asked = telegram.callsOf('getWebhookInfo').length;
      for (let i = 0; i < 20; i += 1) await fetch(own, { method: 'POST', body: '{}' });
      expect(clock.pending).toBe(0);
      clock.advance(60_000);
      await fetch(own, { method: 'POST', body: '{}' });
      clock.advance(1_000);
      await vi.waitFor(
        () => expect(telegram.callsOf('getWebhookInfo')).toHaveLength(asked + 1),
        20_000,
      );
    });
  });

  it('rejects an invalid URL without a call to Telegram', async () => {
    const { telegram, chat } = await startTelegram();
    const desk = await start({ options: { ...optionsOf(telegram, chat), webhookUrl: undefined } });
    expect(await desk.telegram.registerWebhook('nowhere')).toBe(false);
    expect(desk.log.with('error', '"nowhere" is no URL')).toHaveLength(1);
    expect(desk.calls).toEqual([]);
  });

  it('logs no bot token when the URL contains it', async () => {
    const { telegram, chat } = await startTelegram();
    const desk = await start({ options: { ...optionsOf(telegram, chat), webhookUrl: undefined } });
    await desk.telegram.registerWebhook(`https://app.example.com/${telegram.bot.token}`);
    expect(desk.log.with('log', 'https://app.example.com/[secret]')).toHaveLength(1);
  });

  it('does not register again after unregisterWebhook()', async () => {
    const clock = new VirtualClock();
    const { telegram, chat } = await startTelegram();
    const desk = await start({ clock, options: optionsOf(telegram, chat) });
    await telegram.waitForCall(({ method }) => method === 'setWebhook');
    expect(await desk.telegram.unregisterWebhook()).toBe(true);
    expect(await desk.telegram.getWebhookInfo()).toMatchObject({ url: '' });
    expect(telegram.callsOf('deleteWebhook')[0]?.params).toEqual({});
    await fetch(desk.webhookUrl, { method: 'POST', body: '{}' });
    expect(clock.pending).toBe(0);
  });

  it('starts no second attempt for a rejected request while one is in progress', async () => {
    const clock = new VirtualClock();
    const { telegram, chat } = await startTelegram();
    telegram.failNext('getWebhookInfo', { kind: 'hang' });
    const desk = await start({
      clock,
      options: { ...optionsOf(telegram, chat), requestTimeoutMs: 1_000 },
    });
    await telegram.waitForCall(({ method }) => method === 'getWebhookInfo');
    await fetch(desk.webhookUrl, { method: 'POST', body: '{}' });
    await vi.waitFor(
      () => expect(desk.log.with('error', 'not registered')).toHaveLength(1),
      20_000,
    );
    await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(0), 20_000);
    await desk.app.close();
    expect(clock.pending).toBe(0);
  });

  it('is cancelled by unregisterWebhook() while it is in progress', async () => {
    const clock = new VirtualClock();
    const { telegram, chat } = await startTelegram(clock);
    telegram.failNext('getWebhookInfo', { kind: 'delay', delayMs: 1_000 });
    const desk = await start({ options: optionsOf(telegram, chat) });
    await telegram.waitForCall(({ method }) => method === 'getWebhookInfo');
    expect(await desk.telegram.unregisterWebhook()).toBe(true);
    clock.advance(1_000);
    await telegram.settled();
    expect(telegram.callsOf('setWebhook')).toEqual([]);
    expect(desk.log.with('error', 'not registered')).toEqual([]);
  });

  it('is cancelled, and its lease released, when the app shuts down', async () => {
    const { telegram, chat } = await startTelegram();
    telegram.failNext('getWebhookInfo', { kind: 'hang' });
    const options = { ...optionsOf(telegram, chat), redis: inject('redisUrl') };
    const desk = await start({ options });
    await telegram.waitForCall(({ method }) => method === 'getWebhookInfo');
    const startedAtMs = performance.now();
    await desk.app.close();
    // The request would end after 30 s.
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
    const leases = await withRedis((redis) => redis.keys(`tg:{${telegram.bot.id}}:lease:*`));
    expect(leases).toEqual([]);
  });

  it('rechecks the URL that registerWebhook(url) has set when a request is rejected', async () => {
    const clock = new VirtualClock();
    const { telegram, chat } = await startTelegram(clock);
    const desk = await start({ clock, options: { ...optionsOf(telegram, chat) } });
    await vi.waitFor(() => expect(desk.log.with('log', 'is registered')).toHaveLength(1), 20_000);
    clock.advance(1_000);
    const byHand = 'https://other.example.com/telegram/webhook';
    expect(await desk.telegram.registerWebhook(byHand)).toBe(true);
    const asked = telegram.callsOf('getWebhookInfo').length;
    await fetch(desk.webhookUrl, { method: 'POST', body: '{}' });
    clock.advance(1_000);
    await vi.waitFor(
      () => expect(telegram.callsOf('getWebhookInfo')).toHaveLength(asked + 1),
      20_000,
    );
    expect(await desk.telegram.getWebhookInfo()).toMatchObject({ url: byHand });
  });

  describe('in an app with several bots', () => {
    it('rechecks the bot whose webhook has rejected a request, and no other', async () => {
      const clock = new VirtualClock();
      const telegram = await BotApiEmulator.start({
        waitTimeoutMs: 20_000,
        clock,
        bots: [ownBot(), ownBot()],
      });
      emulator = telegram;
      const [first, second] = telegram.bots;
      const chat = telegram.createSupergroup({ title: 'Support' });
      const other = TelegramModule.forRoot({
        ...optionsOf(telegram, chat),
        name: 'second',
        botToken: second?.token,
      });
      const desk = await start({ clock, options: optionsOf(telegram, chat), imports: [other] });
      const checksOf = (botId?: number) =>
        telegram.callsOf('getWebhookInfo').filter((call) => call.botId === botId).length;
      await vi.waitFor(() => {
        expect(desk.log.with('log', 'webhook is registered')).toHaveLength(2);
      }, 20_000);
      expect([checksOf(first?.id), checksOf(second?.id)]).toEqual([1, 1]);
      const { status } = await fetch(`${desk.webhookUrl}/second`, { method: 'POST', body: '{}' });
      expect(status).toBe(401);
      expect(clock.pending).toBe(1);
      clock.advance(1_000);
      await vi.waitFor(() => expect(checksOf(second?.id)).toBe(2), 20_000);
      expect(checksOf(first?.id)).toBe(1);
    });
  });

  it('rechecks when a request is rejected at a path with parameters, which only Nest can match', async () => {
    const clock = new VirtualClock();
    const { telegram, chat } = await startTelegram(clock);
    const desk = await start({
      clock,
      options: { ...optionsOf(telegram, chat), webhookUrl: undefined },
      extras: { webhook: false, isGlobal: true },
      imports: [TenantModule],
    });
    expect(await desk.telegram.registerWebhook('https://app.example.com/hooks/shop')).toBe(true);
    const { status } = await fetch(`${desk.origin}/hooks/shop`, { method: 'POST', body: '{}' });
    expect(status).toBe(401);
    expect(clock.pending).toBe(1);
    clock.advance(1_000);
    await vi.waitFor(() => expect(telegram.callsOf('getWebhookInfo')).toHaveLength(2), 20_000);
  });

  it('stays when the app shuts down', async () => {
    const { telegram, chat } = await startTelegram();
    const desk = await start({ options: optionsOf(telegram, chat) });
    await vi.waitFor(() => expect(desk.log.with('log', 'is registered')).toHaveLength(1), 20_000);
    await desk.app.close();
    expect(telegram.callsOf('deleteWebhook')).toEqual([]);
  });

  it('returns false or null, and never throws, when Telegram cannot be reached', async () => {
    const { telegram, chat } = await startTelegram();
    const desk = await start({ options: { ...optionsOf(telegram, chat), webhookUrl: undefined } });
    await telegram.goOffline();
    expect(await desk.telegram.registerWebhook(url)).toBe(false);
    expect(await desk.telegram.unregisterWebhook()).toBe(false);
    expect(await desk.telegram.getWebhookInfo()).toBeNull();
    expect(desk.log.with('error', 'The webhook')).toHaveLength(3);
  });

  async function withRedis<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(inject('redisUrl'));
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }
});
