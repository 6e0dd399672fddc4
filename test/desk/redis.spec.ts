import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import { adapterNames } from '../support/http-adapters.js';
import { ownBot } from '../support/own-bot.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';
import { SECONDS_MS } from '../support/busy-machine.js';

describe('A desk with Redis', () => {
  const desks: TestDesk[] = [];
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(inject('redisUrl'));
  });
  afterAll(() => redis.disconnect());
  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
  });

  async function start(...[options]: Parameters<typeof TestDesk.start>): Promise<TestDesk> {
    const desk = await TestDesk.start({ emulator: { bots: [ownBot()] }, ...options });
    desks.push(desk);
    return desk;
  }

  it('keeps its mappings there, for 7 days', async () => {
    const desk = await start({ options: { redis: inject('redisUrl') } });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    const scope = `${desk.emulator.bot.id}:${desk.chat.id}`;
    const key = `tg_thread:${scope}:${notice.message_id}`;
    await vi.waitFor(async () => expect(await redis.get(key)).toBe('t1'), 20_000);
    expect(await redis.ttl(key)).toBeGreaterThan(604_790);
    await vi.waitFor(async () => {
      expect(await redis.get(`tg:{${scope}}:last:t1`)).toBe(`${desk.chat.id}:${notice.message_id}`);
    }, 20_000);
    await redis.del(key, `tg:{${scope}}:last:t1`);
  });

  it('routes a reply to a notice that another instance has posted, without a reference', async () => {
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [ownBot()] });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const shared = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
      redis: inject('redisUrl'),
      keyPrefix: `test:${emulator.bot.token.slice(-8)}:`,
    };
    const first = await start({ options: shared, webhook: false });
    const second = await start({ options: shared, webhook: false });
    await second.telegram.registerWebhook(second.webhookUrl);
    await first.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await chat.waitForMessage(() => true);
    await answerWithoutReference(chat, notice.message_id);
    await emulator.idle();
    // Whichever of them is free takes it.
    const taken = () => [...first.replies.replies, ...second.replies.replies];
    await vi.waitFor(
      () => expect(taken()).toMatchObject([{ threadId: 't1', text: 'Hello' }]),
      20_000,
    );
    await emulator.stop();
  });

  /** Replies as Telegram shows it when the notice's entities did not come along. */
  async function answerWithoutReference(chat: EmulatedChat, messageId: number): Promise<void> {
    const notice = chat.messages.find(({ message_id: id }) => id === messageId);
    if (!notice) throw new Error(`There is no message ${messageId}`);
    const { entities: _hidden, ...bare } = notice;
    chat
      .agent('Ada')
      .write('Hello', { reply_to_message: { ...bare, reply_to_message: undefined } });
  }

  it('uses a client of the app and does not close it', async () => {
    const client = new Redis(inject('redisUrl'));
    const desk = await start({ options: { redis: client }, webhook: false });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    await desk.chat.waitForMessage(() => true);
    await desk.app.close();
    expect(client.status).toBe('ready');
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
  });

  it('uses a client of the app that puts a prefix before its keys', async () => {
    const keyPrefix = `app-${randomUUID()}:`;
    const client = new Redis(inject('redisUrl'), { keyPrefix });
    const desk = await start({ options: { redis: client } });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    desk.chat.agent('Ada').reply(notice, 'Hello');
    await vi.waitFor(() => expect(desk.replies.replies).toMatchObject([{ text: 'Hello' }]), 20_000);
    await desk.app.close();
    expect(await client.ping()).toBe('PONG');
    client.disconnect();
  });

  it('closes the connection that it has opened itself', async () => {
    const server = await RedisServer.start();
    const watcher = new Redis(server.url);
    const desk = await start({ options: { redis: server.url }, webhook: false });
    const clients = async () =>
      String(await watcher.client('LIST'))
        .trim()
        .split('\n').length;
    await vi.waitFor(async () => expect(await clients()).toBeGreaterThan(1), 20_000);
    await desk.app.close();
    await vi.waitFor(async () => expect(await clients()).toBe(1), 20_000);
    watcher.disconnect();
    await server.stop();
  });

  describe('that goes away', () => {
    it('accepts nothing meanwhile, says so once, and goes on when it is back', async () => {
      const server = await RedisServer.start({ durable: true });
      const desk = await start({ options: { redis: server.url } });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'before' });
      await desk.chat.waitForMessage(({ text }) => text?.includes('before') === true);
      await server.kill();
      const message = { threadId: 't1', messageId: 'm1', text: 'meanwhile' };
      const askedAtMs = performance.now();
      expect(await desk.telegram.notifyUserMessage(message)).toEqual({
        accepted: false,
        reason: 'unavailable',
        id: 'm1',
      });
      expect(performance.now() - askedAtMs).toBeLessThan(SECONDS_MS);
      await server.restart();
      await vi.waitFor(
        async () => {
          const { accepted } = await desk.telegram.notifyUserMessage(message);
          expect(accepted).toBe(true);
        },
        { timeout: 20_000 },
      );
      await desk.chat.waitForMessage(({ text }) => text?.includes('meanwhile') === true, 20_000);
      expect(desk.notices.filter((text) => text.includes('meanwhile'))).toHaveLength(1);
      expect(desk.log.with('error', 'Redis does not answer')).toHaveLength(1);
      await desk.app.close();
      await server.stop();
    });

    it.each(adapterNames)(
      'has Telegram keep a reply whose thread only Redis knows, on %s',
      async (adapter) => {
        const server = await RedisServer.start();
        const desk = await start({ adapter, options: { redis: server.url } });
        await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
        const notice = await desk.chat.waitForMessage(() => true);
        server.freeze();
        await answerWithoutReference(desk.chat, notice.message_id);
        await vi.waitFor(() => expect(desk.emulator.deliveries[0]?.status).toBe(503), {
          timeout: 20_000,
        });
        expect(await desk.telegram.api.call('getWebhookInfo')).toMatchObject({
          pending_update_count: 1,
          last_error_message: 'Wrong response from the webhook: 503 Service Unavailable',
        });
        server.thaw();
        await desk.emulator.idle(20_000);
        await vi.waitFor(
          () => expect(desk.replies.replies).toMatchObject([{ threadId: 't1', text: 'Hello' }]),
          { timeout: 20_000 },
        );
        await server.stop();
      },
    );
  });
});
