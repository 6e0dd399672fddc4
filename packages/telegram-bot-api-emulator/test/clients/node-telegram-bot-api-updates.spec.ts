import {
  Bot,
  InlineKeyboardBuilder,
  type LongPollOptions,
  TelegramApiError,
  type Update,
} from 'node-telegram-bot-api';
import { createWebhookServer } from 'node-telegram-bot-api/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat } from '../../src/index.js';
import { errorOf, hostWebhook, type WebhookHost } from './client-support.js';

const SECRET = 'a-secret_42';

describe('node-telegram-bot-api, updates', () => {
  let telegram: BotApiEmulator;
  let forum: EmulatedChat;
  let bot: Bot;
  let running: Promise<void> | undefined;
  let host: WebhookHost | undefined;
  let updates: Update[];

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    forum = telegram.createForum({ title: 'Desk' });
    running = undefined;
    host = undefined;
    updates = [];
    bot = createBot();
  });

  afterEach(async () => {
    await stop();
    await telegram.stop();
    await host?.close();
    telegram.assertConformant();
  });

  /** A bot that keeps what it receives and whose errors are not hidden. */
  function createBot(): Bot {
    const created = new Bot(telegram.bot.token, { apiRoot: telegram.apiRoot });
    created.catch((error) => {
      throw error;
    });
    return created.use((ctx, next) => {
      updates.push(ctx.update);
      return next();
    });
  }

  /** Resolves when the bot waits for updates. */
  async function start(options?: LongPollOptions): Promise<void> {
    const polls = telegram.callsOf('getUpdates').length;
    running = bot.startPolling(undefined, options);
    await telegram.waitForCall(() => telegram.callsOf('getUpdates').length > polls);
  }

  async function stop(): Promise<void> {
    bot.stop();
    await Promise.allSettled([running]);
  }

  async function listen(): Promise<string> {
    host = await hostWebhook(createWebhookServer(bot, { secretToken: SECRET }));
    return host.url;
  }

  it('receives texts, replies, photos, albums and edits', async () => {
    await start();
    const ann = forum.agent('Ann');
    const question = ann.write('Hello');
    forum.agent('Bob').reply(question, 'Hi Ann');
    ann.sendPhoto({ caption: 'See' });
    ann.sendAlbum([{}, {}]);
    ann.edit(question, 'Hello all');
    await telegram.idle();
    const groupId = forum.messages.at(-1)?.media_group_id;
    expect(groupId).toMatch(/^\d+$/);
    expect(updates).toMatchObject([
      { message: { text: 'Hello', from: { first_name: 'Ann' }, chat: { id: forum.id } } },
      { message: { text: 'Hi Ann', reply_to_message: { text: 'Hello' } } },
      { message: { caption: 'See', photo: [{}, {}, {}, { width: 1280 }] } },
      { message: { media_group_id: groupId } },
      { message: { media_group_id: groupId } },
      { edited_message: { message_id: question.message_id, text: 'Hello all' } },
    ]);
  });

  it('receives service messages of others and of its own', async () => {
    await start();
    const bob = forum.join('Bob');
    const { message_thread_id: id } = await bot.api.createForumTopic({
      chat_id: forum.id,
      name: 'Bugs',
    });
    bob.pin(bob.write('Read this', { message_thread_id: id }));
    forum.agent('Ann', { status: 'administrator' }).closeTopic(id);
    await telegram.idle();
    const inTopic = { message_thread_id: id, is_topic_message: true };
    expect(updates).toMatchObject([
      { message: { new_chat_members: [{ first_name: 'Bob' }] } },
      {
        message: {
          ...inTopic,
          message_id: id,
          from: { id: telegram.bot.id },
          forum_topic_created: { name: 'Bugs' },
        },
      },
      { message: { ...inTopic, text: 'Read this' } },
      { message: { pinned_message: { text: 'Read this' } } },
      { message: { ...inTopic, forum_topic_closed: {} } },
    ]);
  });

  it('answers a command and the press of a button', async () => {
    const reply_markup = new InlineKeyboardBuilder().text('Take', 'take:1').build();
    bot.command('ticket', (ctx) => ctx.reply(`Ticket ${String(ctx.match)}`, { reply_markup }));
    bot.on('callback_query', async (ctx) => {
      await ctx.answerCallbackQuery({ text: 'Yours', show_alert: true, cache_time: 5 });
    });
    await start();
    const ann = forum.agent('Ann');
    ann.write('/ticket 1');
    const ticket = await forum.waitForMessage(({ text }) => text === 'Ticket 1');
    const press = ann.press(ticket, 'Take');
    expect(await press.waitForAnswer()).toEqual({ text: 'Yours', showAlert: true, cacheTime: 5 });
    expect(updates[1]).toMatchObject({
      callback_query: {
        id: press.id,
        data: 'take:1',
        from: { first_name: 'Ann' },
        message: { message_id: ticket.message_id },
      },
    });
  });

  it('receives reactions if it asks for them', async () => {
    await start({ allowedUpdates: ['message_reaction'] });
    const ann = forum.agent('Ann');
    const { message_id } = ann.write('Nobody asked for texts');
    ann.react(message_id, '👍');
    await telegram.idle();
    expect(updates).toMatchObject([
      {
        message_reaction: {
          message_id,
          user: { first_name: 'Ann' },
          old_reaction: [],
          new_reaction: [{ type: 'emoji', emoji: '👍' }],
        },
      },
    ]);
  });

  it('learns both ids when a group becomes a supergroup, and who blocks it', async () => {
    await start();
    const group = telegram.createGroup({ title: 'Small desk' });
    const upgraded = group.upgrade();
    telegram.createPrivateChat('Kim').setBotStatus('kicked');
    await telegram.idle();
    expect(updates).toMatchObject([
      { message: { chat: { id: group.id }, migrate_to_chat_id: upgraded.id } },
      { message: { chat: { id: upgraded.id }, migrate_from_chat_id: group.id } },
      { my_chat_member: { from: { first_name: 'Kim' }, new_chat_member: { status: 'kicked' } } },
    ]);
  });

  it('goes on after a restart where it stopped', async () => {
    await start();
    const ann = forum.agent('Ann');
    ann.write('one');
    await telegram.idle();
    await stop();
    expect(bot.isRunning()).toBe(false);
    ann.write('two');
    bot = createBot();
    await start();
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'one' } }, { message: { text: 'two' } }]);
  });

  it('gets an update again that it did not confirm', async () => {
    bot.on('message', () => {
      if (updates.length === 1) throw new Error('The database is away');
    });
    await start();
    forum.agent('Ann').write('Hi');
    expect(await errorOf(running ?? Promise.resolve())).toMatchObject({
      message: 'The database is away',
    });
    await start();
    await telegram.idle();
    expect(updates).toHaveLength(2);
    expect(updates[1]).toEqual(updates[0]);
  });

  it('gives way to another poller with a conflict', async () => {
    await start();
    const first = running ?? Promise.resolve();
    bot = createBot();
    await start();
    const error = await errorOf(first);
    expect(error).toBeInstanceOf(TelegramApiError);
    expect(error).toMatchObject({
      errorCode: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    forum.agent('Ann').write('Who is there?');
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'Who is there?' } }]);
  });

  it('takes updates by a webhook, one of them again after its handler threw', async () => {
    bot.on('message', async (ctx) => {
      if (updates.length === 1) throw new Error('The database is away');
      await ctx.reply('Done');
    });
    const url = await listen();
    await bot.api.setWebhook({ url, secret_token: SECRET, max_connections: 1 });
    forum.agent('Ann').write('Hi');
    await telegram.idle();
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([500, 200]);
    expect(updates).toHaveLength(2);
    expect(updates[1]).toEqual(updates[0]);
    expect(forum.messages.map(({ text }) => text)).toEqual(['Hi', 'Done']);
    expect(await bot.api.getWebhookInfo()).toMatchObject({
      url,
      max_connections: 1,
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  it('takes nothing by a webhook without its secret', async () => {
    await bot.api.setWebhook({ url: await listen() });
    forum.agent('Ann').write('Hi');
    await telegram.settled();
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([401, 401]);
    expect(telegram.bot.pendingUpdates).toBe(1);
    expect(updates).toEqual([]);
  });
});
