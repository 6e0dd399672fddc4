import { Bot, GrammyError, InlineKeyboard, type PollingOptions } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat, VirtualClock } from '../../src/index.js';
import { errorOf } from './client-support.js';

describe('grammY, polling', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let forum: EmulatedChat;
  let bot: Bot;
  let running: Promise<void>;
  let updates: Update[];

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock() });
    forum = telegram.createForum({ title: 'Desk' });
    updates = [];
    bot = createBot();
  });

  afterEach(async () => {
    await stop();
    await telegram.stop();
    telegram.assertConformant();
  });

  /** A bot that keeps what it receives. */
  function createBot(): Bot {
    const created = new Bot(telegram.bot.token, { client: { apiRoot: telegram.apiRoot } });
    created.use((ctx, next) => {
      updates.push(ctx.update);
      return next();
    });
    return created;
  }

  /** Resolves when the bot waits for updates. */
  async function start(options?: PollingOptions): Promise<void> {
    const polls = telegram.callsOf('getUpdates').length;
    running = bot.start(options);
    await telegram.waitForCall(() => telegram.callsOf('getUpdates').length > polls);
  }

  /** Stops the bot, which asks once more, when Telegram lets that offset wait no longer. */
  async function stop(): Promise<void> {
    telegram.clock.advance(3_000);
    await bot.stop();
    await Promise.allSettled([running]);
  }

  it('receives texts, replies, photos, albums and edits', async () => {
    await start();
    const ann = forum.agent('Ann');
    const question = ann.write('Hello');
    forum.agent('Bob').reply(question, 'Hi Ann');
    ann.sendPhoto({ caption: 'See' });
    ann.sendAlbum([{}, {}], { caption: 'Both' });
    ann.edit(question, 'Hello all');
    await telegram.idle();
    const groupId = forum.messages.at(-1)?.media_group_id;
    expect(groupId).toMatch(/^\d+$/);
    expect(updates).toMatchObject([
      { message: { text: 'Hello', from: { first_name: 'Ann' }, chat: { id: forum.id } } },
      { message: { text: 'Hi Ann', reply_to_message: { text: 'Hello' } } },
      { message: { caption: 'See', photo: [{}, {}, {}, { width: 1280 }] } },
      { message: { caption: 'Both', media_group_id: groupId } },
      { message: { media_group_id: groupId } },
      { edited_message: { message_id: question.message_id, text: 'Hello all' } },
    ]);
    const ids = updates.map(({ update_id }) => update_id);
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
  });

  it('receives service messages of others and of its own', async () => {
    await start();
    const ann = forum.join('Ann');
    const topic = ann.createTopic('Bugs');
    ann.renameTopic(topic.id, 'Wishes');
    await bot.api.closeForumTopic(forum.id, topic.id);
    await bot.api.reopenForumTopic(forum.id, topic.id);
    ann.write('Here', { message_thread_id: topic.id });
    ann.leave();
    await telegram.idle();
    const inTopic = { message_thread_id: topic.id, is_topic_message: true };
    const own = { ...inTopic, from: { id: telegram.bot.id } };
    expect(updates).toMatchObject([
      { message: { new_chat_members: [{ first_name: 'Ann' }] } },
      { message: { ...inTopic, message_id: topic.id, forum_topic_created: { name: 'Bugs' } } },
      { message: { ...inTopic, forum_topic_edited: { name: 'Wishes' } } },
      { message: { ...own, forum_topic_closed: {} } },
      { message: { ...own, forum_topic_reopened: {} } },
      { message: { ...inTopic, text: 'Here', reply_to_message: { message_id: topic.id } } },
      { message: { left_chat_member: { first_name: 'Ann' } } },
    ]);
  });

  it('answers a command and the press of a button', async () => {
    const keyboard = new InlineKeyboard().text('Take', 'take:1');
    bot.command('ticket', (ctx) => ctx.reply(`Ticket ${ctx.match}`, { reply_markup: keyboard }));
    bot.callbackQuery(/^take:(\d+)$/, async (ctx) => {
      await ctx.answerCallbackQuery({ text: `Ticket ${ctx.match[1]} is yours`, show_alert: true });
      await ctx.editMessageText('Taken');
    });
    await start();
    const ann = forum.agent('Ann');
    ann.write('/ticket 1');
    const ticket = await forum.waitForMessage(({ text }) => text === 'Ticket 1');
    const press = ann.press(ticket, 'Take');
    expect(await press.waitForAnswer()).toEqual({
      text: 'Ticket 1 is yours',
      showAlert: true,
      cacheTime: 0,
    });
    await telegram.idle();
    expect(updates[1]).toMatchObject({
      callback_query: {
        id: press.id,
        data: 'take:1',
        from: { first_name: 'Ann' },
        message: { message_id: ticket.message_id, text: 'Ticket 1' },
      },
    });
    expect(forum.messages.map(({ text }) => text)).toEqual(['/ticket 1', 'Taken']);
  });

  it('receives reactions if it asks for them', async () => {
    await start({ allowed_updates: ['message', 'message_reaction'] });
    const ann = forum.agent('Ann');
    const { message_id } = await bot.api.sendMessage(forum.id, 'Solved');
    ann.react(message_id, '👍');
    ann.react(message_id, '❤');
    await telegram.idle();
    const common = { message_id, chat: { id: forum.id }, user: { first_name: 'Ann' } };
    expect(updates).toMatchObject([
      { message_reaction: { ...common, old_reaction: [], new_reaction: [{ emoji: '👍' }] } },
      {
        message_reaction: {
          ...common,
          old_reaction: [{ emoji: '👍' }],
          new_reaction: [{ emoji: '❤' }],
        },
      },
    ]);
  });

  it('receives no reactions by default', async () => {
    await start();
    const ann = forum.agent('Ann');
    ann.react(ann.write('Hello'), '👍');
    ann.write('Are you there?');
    await telegram.idle();
    expect(updates).toMatchObject([
      { message: { text: 'Hello' } },
      { message: { text: 'Are you there?' } },
    ]);
  });

  it('learns that somebody blocks it and comes back', async () => {
    await start();
    const chat = telegram.createPrivateChat('Kim');
    chat.setBotStatus('kicked');
    chat.setBotStatus('member');
    await telegram.idle();
    const kim = { chat: { id: chat.id, type: 'private' }, from: { first_name: 'Kim' } };
    expect(updates).toMatchObject([
      {
        my_chat_member: {
          ...kim,
          old_chat_member: { status: 'member' },
          new_chat_member: { status: 'kicked', user: { id: telegram.bot.id } },
        },
      },
      { my_chat_member: { ...kim, new_chat_member: { status: 'member' } } },
    ]);
  });

  it('learns both ids when a group becomes a supergroup', async () => {
    await start();
    const group = telegram.createGroup({ title: 'Small desk' });
    const upgraded = group.upgrade();
    await telegram.idle();
    expect(updates).toMatchObject([
      { message: { chat: { id: group.id, type: 'group' }, migrate_to_chat_id: upgraded.id } },
      {
        message: {
          chat: { id: upgraded.id, type: 'supergroup' },
          migrate_from_chat_id: group.id,
        },
      },
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
    expect(telegram.bot.pendingUpdates).toBe(1);

    bot = createBot();
    await start();
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'one' } }, { message: { text: 'two' } }]);
  });

  it('takes nothing of before when it drops what waits', async () => {
    const ann = forum.agent('Ann');
    ann.write('before');
    await start({ drop_pending_updates: true });
    ann.write('after');
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'after' } }]);
  });

  it('gives way to a webhook with a conflict', async () => {
    await start();
    await bot.api.setWebhook('https://example.com/hook');
    expect(await errorOf(running)).toMatchObject({
      error_code: 409,
      description: 'Conflict: terminated by setWebhook request',
    });
    expect(bot.isRunning()).toBe(false);
  });

  it('gives way to another poller with a conflict', async () => {
    await start();
    const first = running;
    bot = createBot();
    await start();
    const error = await errorOf(first);
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({
      method: 'getUpdates',
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    forum.agent('Ann').write('Who is there?');
    await telegram.idle();
    expect(updates).toMatchObject([{ message: { text: 'Who is there?' } }]);
  });
});
