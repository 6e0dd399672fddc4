import { createServer } from 'node:http';
import { type ApiClientOptions, Bot, GrammyError, webhookCallback } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat, VirtualClock } from '../../src/index.js';
import { errorOf, hostWebhook, type WebhookHost } from './client-support.js';

const SECRET = 'a-secret_42';

describe('grammY, webhook', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let chat: EmulatedChat;
  let host: WebhookHost | undefined;
  let updates: Update[];

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock() });
    chat = telegram.createGroup({ title: 'Desk' });
    host = undefined;
    updates = [];
  });

  afterEach(async () => {
    await telegram.stop();
    await host?.close();
    telegram.assertConformant();
  });

  function createBot(options: ApiClientOptions = {}): Bot {
    const bot = new Bot(telegram.bot.token, { client: { apiRoot: telegram.apiRoot, ...options } });
    bot.use((ctx, next) => {
      updates.push(ctx.update);
      return next();
    });
    return bot;
  }

  /** Lets a bot take updates by a webhook that only a secret opens. */
  async function listen(bot: Bot): Promise<string> {
    const handle = webhookCallback(bot, 'http', { secretToken: SECRET });
    const server = createServer((request, response) => {
      handle(request, response).catch(() => response.writeHead(500).end());
    });
    host = await hostWebhook(server);
    return host.url;
  }

  it('receives updates, and answers them by calls', async () => {
    const bot = createBot();
    bot.on('message:text', (ctx) => ctx.reply(`You said ${ctx.message.text}`));
    const url = await listen(bot);
    await bot.api.setWebhook(url, { secret_token: SECRET, allowed_updates: ['message'] });
    const ann = chat.agent('Ann');
    ann.write('one');
    ann.write('two');
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'one' } }, { message: { text: 'two' } }]);
    expect(chat.messages.map(({ text }) => text)).toEqual([
      'one',
      'two',
      'You said one',
      'You said two',
    ]);
    expect(telegram.deliveries).toMatchObject([
      { url, status: 200, headers: { 'X-Telegram-Bot-Api-Secret-Token': SECRET } },
      { url, status: 200 },
    ]);
    expect(await bot.api.getWebhookInfo()).toMatchObject({
      url,
      pending_update_count: 0,
      allowed_updates: ['message'],
    });
  });

  it('answers with a method in the reply to the update', async () => {
    const bot = createBot({ canUseWebhookReply: (method) => method === 'sendMessage' });
    bot.on('message:text', async (ctx) => {
      await ctx.reply('<b>Hello</b>', { parse_mode: 'HTML' });
      await ctx.reply('and again');
    });
    await bot.api.setWebhook(await listen(bot), { secret_token: SECRET });
    chat.agent('Ann').write('Hi');
    await chat.waitForMessage(({ text }) => text === 'and again');
    await chat.waitForMessage(({ text }) => text === 'Hello');
    await telegram.idle();
    const calls = telegram.callsOf('sendMessage').map(({ isWebhookReply, status, params }) => ({
      isWebhookReply,
      status,
      text: params['text'],
    }));
    expect(calls).toHaveLength(2);
    expect(calls).toContainEqual({ isWebhookReply: true, status: 200, text: '<b>Hello</b>' });
    expect(calls).toContainEqual({ isWebhookReply: false, status: 200, text: 'and again' });
  });

  it('gets an update again after its handler threw', async () => {
    const bot = createBot();
    bot.on('message:text', async (ctx) => {
      if (updates.length === 1) throw new Error('The database is away');
      await ctx.reply('Done');
    });
    await bot.api.setWebhook(await listen(bot), { secret_token: SECRET });
    chat.agent('Ann').write('Hi');
    await telegram.idle();
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([500, 200]);
    expect(updates).toHaveLength(2);
    expect(updates[1]).toEqual(updates[0]);
    expect(chat.messages.map(({ text }) => text)).toEqual(['Hi', 'Done']);
    expect(await bot.api.getWebhookInfo()).toMatchObject({
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  it('takes nothing without its secret, and everything once that is right', async () => {
    const bot = createBot();
    const url = await listen(bot);
    await bot.api.setWebhook(url, { secret_token: 'another' });
    chat.agent('Ann').write('Hi');
    await telegram.settled();
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([401, 401]);
    expect(updates).toEqual([]);
    expect(await bot.api.getWebhookInfo()).toMatchObject({
      pending_update_count: 1,
      last_error_message: 'Wrong response from the webhook: 401 Unauthorized',
    });

    telegram.clock.advance(1_000);
    await bot.api.setWebhook(url, { secret_token: SECRET });
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'Hi' } }]);
  });

  it('answers the press of a button', async () => {
    const bot = createBot({ canUseWebhookReply: (method) => method === 'answerCallbackQuery' });
    bot.on('callback_query:data', (ctx) =>
      ctx.answerCallbackQuery(`You chose ${ctx.callbackQuery.data}`),
    );
    await bot.api.setWebhook(await listen(bot), { secret_token: SECRET });
    const { message_id } = await bot.api.sendMessage(chat.id, 'Well?', {
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] },
    });
    const press = chat.agent('Ann').press(message_id, 'Yes');
    expect(await press.waitForAnswer()).toMatchObject({ text: 'You chose yes', showAlert: false });
    expect(telegram.callsOf('answerCallbackQuery')).toMatchObject([{ isWebhookReply: true }]);
  });

  it('cannot poll beside a webhook', async () => {
    const bot = createBot();
    await bot.api.setWebhook(await listen(bot), { secret_token: SECRET });
    const error = await errorOf(bot.api.getUpdates());
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    await bot.api.deleteWebhook();
    chat.agent('Ann').write('Hi');
    expect(await bot.api.getUpdates()).toMatchObject([{ message: { text: 'Hi' } }]);
  });
});
