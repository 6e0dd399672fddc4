import { createServer } from 'node:http';
import { Markup, Telegraf, TelegramError } from 'telegraf';
import type { Update } from 'telegraf/types';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { BotApiEmulator, type EmulatedChat, VirtualClock } from '../../src/index.js';
import { errorOf, hostWebhook } from './client-support.js';

const BUTTONS = { inline_keyboard: [[{ text: 'Take', callback_data: 'take:1' }]] };

describe('telegraf, updates', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let forum: EmulatedChat;
  let bot: Telegraf;
  let running: Promise<void> | undefined;
  let updates: Update[];

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock() });
    forum = telegram.createForum({ title: 'Desk' });
    updates = [];
    running = undefined;
    bot = createBot();
  });

  afterEach(async () => {
    await stop();
    await telegram.stop();
  });

  /** A bot that keeps what it receives. */
  function createBot(): Telegraf {
    const { apiRoot } = telegram;
    const created = new Telegraf(telegram.bot.token, { telegram: { apiRoot } });
    created.use((ctx, next) => {
      updates.push(ctx.update);
      return next();
    });
    return created;
  }

  /** Resolves when the bot waits for updates. */
  async function start(options: Telegraf.LaunchOptions = {}): Promise<void> {
    const polls = telegram.callsOf('getUpdates').length;
    running = bot.launch(options);
    await telegram.waitForCall(() => telegram.callsOf('getUpdates').length > polls);
  }

  /** Stops the bot, which asks once more, when Telegram lets that offset wait no longer. */
  async function stop(): Promise<void> {
    if (!running) return;
    telegram.clock.advance(3_000);
    bot.stop();
    await Promise.allSettled([running]);
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
    telegram.assertConformant();
  });

  it('receives service messages of others and of its own', async () => {
    await start();
    const bob = forum.join('Bob');
    const { message_thread_id: id } = await bot.telegram.createForumTopic(forum.id, 'Bugs');
    await bot.telegram.closeForumTopic(forum.id, id);
    forum.agent('Ann', { status: 'administrator' }).renameTopic(id, 'Wishes');
    bob.leave();
    await telegram.idle();
    const inTopic = { message_thread_id: id, is_topic_message: true };
    expect(updates).toMatchObject([
      { message: { new_chat_members: [{ first_name: 'Bob' }] } },
      { message: { ...inTopic, message_id: id, forum_topic_created: { name: 'Bugs' } } },
      { message: { ...inTopic, from: { id: telegram.bot.id }, forum_topic_closed: {} } },
      { message: { ...inTopic, forum_topic_edited: { name: 'Wishes' } } },
      { message: { left_chat_member: { first_name: 'Bob' } } },
    ]);
    telegram.assertConformant();
  });

  it('answers a command and the press of a button', async () => {
    bot.command('ticket', (ctx) => ctx.reply(`Ticket ${ctx.payload}`, { reply_markup: BUTTONS }));
    bot.action(/^take:(\d+)$/, async (ctx) => {
      await ctx.answerCbQuery(`Ticket ${ctx.match[1]} is yours`, { show_alert: true });
      await ctx.editMessageText('Taken');
    });
    await start();
    const ann = forum.agent('Ann');
    ann.write('/ticket 1');
    const ticket = await forum.waitForMessage(({ text }) => text === 'Ticket 1');
    const press = ann.press(ticket, 'Take');
    expect(await press.waitForAnswer()).toMatchObject({
      text: 'Ticket 1 is yours',
      showAlert: true,
    });
    await telegram.idle();
    expect(updates[1]).toMatchObject({
      callback_query: {
        id: press.id,
        data: 'take:1',
        from: { first_name: 'Ann' },
        message: { message_id: ticket.message_id },
      },
    });
    expect(forum.messages.map(({ text }) => text)).toEqual(['/ticket 1', 'Taken']);
    telegram.assertConformant();
  });

  it('gets a problem for the field that its own buttons have beyond the Bot API', async () => {
    const keyboard = Markup.inlineKeyboard([Markup.button.callback('Take', 'take:1')]);
    await bot.telegram.sendMessage(forum.id, 'A ticket', keyboard);
    expect(() => telegram.assertConformant()).toThrow(
      /^1 of 1 calls .*\n.*sendMessage: "reply_markup\.inline_keyboard\[0\]\[0\]\.hide" is no field/,
    );
    expect(forum.messages).toMatchObject([{ reply_markup: BUTTONS }]);
    expect(forum.messages[0]?.reply_markup?.inline_keyboard).toEqual(BUTTONS.inline_keyboard);
  });

  it('receives reactions if it asks for them', async () => {
    await start({ allowedUpdates: ['message', 'message_reaction'] });
    const ann = forum.agent('Ann');
    const { message_id } = ann.write('Solved?');
    ann.react(message_id, '👍');
    ann.react(message_id, []);
    await telegram.idle();
    const common = { message_id, chat: { id: forum.id }, user: { first_name: 'Ann' } };
    const thumb = [{ type: 'emoji', emoji: '👍' }];
    expect(updates).toMatchObject([
      { message: { text: 'Solved?' } },
      { message_reaction: { ...common, old_reaction: [], new_reaction: thumb } },
      { message_reaction: { ...common, old_reaction: thumb, new_reaction: [] } },
    ]);
    telegram.assertConformant();
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
    telegram.assertConformant();
  });

  it('goes on after a restart where it stopped', async () => {
    await start();
    const ann = forum.agent('Ann');
    ann.write('one');
    await telegram.idle();
    await stop();
    ann.write('two');
    bot = createBot();
    await start();
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'one' } }, { message: { text: 'two' } }]);
    telegram.assertConformant();
  });

  it('gives way to another poller with a conflict', async () => {
    await start();
    const first = running ?? Promise.resolve();
    bot = createBot();
    await start();
    const error = await errorOf(first);
    expect(error).toBeInstanceOf(TelegramError);
    expect(error).toMatchObject({
      code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      on: { method: 'getUpdates' },
    });
    forum.agent('Ann').write('Who is there?');
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'Who is there?' } }]);
  });

  it('takes updates by a webhook, and answers a press in the reply to it', async () => {
    const secretToken = 'a-secret_42';
    bot.command('ticket', (ctx) => ctx.reply('Ticket', { reply_markup: BUTTONS }));
    bot.action('take:1', (ctx) => ctx.answerCbQuery('Yours'));
    const handle = bot.webhookCallback('/', { secretToken });
    const host = await hostWebhook(
      createServer((request, response) => {
        handle(request, response).catch(() => response.destroy());
      }),
    );
    onTestFinished(() => host.close());
    await bot.telegram.setWebhook(host.url, { secret_token: secretToken });
    const ann = forum.agent('Ann');
    ann.write('/ticket');
    const ticket = await forum.waitForMessage(({ text }) => text === 'Ticket');
    const press = ann.press(ticket, 'Take');
    expect(await press.waitForAnswer()).toMatchObject({ text: 'Yours' });
    await telegram.idle();
    expect(updates).toMatchObject([
      { message: { text: '/ticket' } },
      { callback_query: { id: press.id } },
    ]);
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([200, 200]);
    expect(telegram.callsOf('answerCallbackQuery')).toMatchObject([
      { isWebhookReply: true, status: 200 },
    ]);
    telegram.assertConformant();
  });
});
