import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from './emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const TOO_OLD = {
  ok: false,
  error_code: 400,
  description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
};

describe('EmulatedAgent.press', () => {
  let clock: VirtualClock;
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let desk: EmulatedChat;
  let ann: EmulatedAgent;

  beforeEach(async () => {
    clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock, bots: [{}, {}], waitTimeoutMs: 20_000 });
    bot = new EmulatorClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    ann = desk.agent('Ann');
  });

  afterEach(async () => {
    telegram.assertConformant();
    await telegram.stop();
  });

  /** Lets a bot send a message with a button. */
  async function ask(chat: EmulatedChat, client = bot): Promise<number> {
    await client.call('sendMessage', {
      chat_id: chat.id,
      text: 'Who?',
      reply_markup: { inline_keyboard: [[{ text: 'Me', callback_data: 'take:1' }]] },
    });
    const { message_id } = await chat.waitForMessage(({ text }) => text === 'Who?');
    return message_id;
  }

  it('sends the bot an update with who pressed what', async () => {
    const messageId = await ask(desk);
    const press = ann.press(messageId, 'Me');
    expect(press.data).toBe('take:1');
    expect(press.id).toMatch(/^\d{1,19}$/);
    expect(await bot.updates()).toEqual([
      {
        update_id: expect.any(Number),
        callback_query: {
          id: press.id,
          from: ann.user,
          message: desk.messages[0],
          chat_instance: expect.stringMatching(/^-?\d+$/),
          data: 'take:1',
        },
      },
    ]);
  });

  it('has an id of its own each time, but one chat_instance for a chat', async () => {
    const messageId = await ask(desk);
    const one = ann.press(messageId, 'Me');
    const other = ann.press(messageId, 'Me');
    expect(one.id).not.toBe(other.id);
    const elsewhere = telegram.createSupergroup({ title: 'Elsewhere' });
    elsewhere.agent('Ann').press(await ask(elsewhere), 'Me');
    const updates = await bot.updates();
    const instances = updates.map((update) => update.callback_query?.chat_instance);
    expect(instances[0]).toBe(instances[1]);
    expect(instances[0]).not.toBe(instances[2]);
  });

  it('names the person who is anonymous otherwise', async () => {
    ann.anonymously().press(await ask(desk), 'Me');
    expect(await bot.updates()).toMatchObject([{ callback_query: { from: ann.user } }]);
  });

  it.each<[string, object, object]>([
    ['nothing', {}, { showAlert: false, cacheTime: 0 }],
    ['a notice', { text: 'Yours' }, { text: 'Yours', showAlert: false, cacheTime: 0 }],
    [
      'an alert',
      { text: 'Taken', show_alert: true, cache_time: 5 },
      { text: 'Taken', showAlert: true, cacheTime: 5 },
    ],
    [
      'a link',
      { url: 'https://t.me/support_desk_bot?start=x', cache_time: 60 },
      { url: 'https://t.me/support_desk_bot?start=x', showAlert: false, cacheTime: 60 },
    ],
  ])('sees that the bot answers with %s', async (_what, answer, seen) => {
    const press = ann.press(await ask(desk), 'take:1');
    expect(press.answer).toBeUndefined();
    const waiting = press.waitForAnswer();
    expect(
      await bot.call('answerCallbackQuery', { callback_query_id: press.id, ...answer }),
    ).toEqual({ ok: true, result: true });
    expect(await waiting).toEqual(seen);
    expect(press.answer).toEqual(seen);
    expect(await press.waitForAnswer()).toEqual(seen);
  });

  it('says so when no answer comes', async () => {
    const press = ann.press(await ask(desk), 'Me');
    await expect(press.waitForAnswer(1)).rejects.toThrow(
      `The bot did not answer callback query ${press.id} within 1 ms`,
    );
  });

  it.each<[number, boolean]>([
    [150_000, true],
    [150_001, false],
  ])('can be answered after %i ms: %s', async (delayMs, isTaken) => {
    const press = ann.press(await ask(desk), 'Me');
    clock.advance(delayMs);
    const answer = await bot.call('answerCallbackQuery', { callback_query_id: press.id });
    expect(answer).toEqual(isTaken ? { ok: true, result: true } : TOO_OLD);
    expect(press.answer === undefined).toBe(!isTaken);
  });

  it('can be answered neither under another id nor by another bot', async () => {
    const press = ann.press(await ask(desk), 'Me');
    const other = new EmulatorClient(telegram, telegram.bots[1]);
    expect(await bot.call('answerCallbackQuery', { callback_query_id: '1' })).toEqual(TOO_OLD);
    expect(await other.call('answerCallbackQuery', { callback_query_id: press.id })).toEqual(
      TOO_OLD,
    );
    expect(press.answer).toBeUndefined();
  });

  it('is the business of the bot whose message it is', async () => {
    const [, second] = telegram.bots;
    const other = new EmulatorClient(telegram, second);
    desk.setBotStatus('administrator', second);
    await bot.updates();
    await other.updates();
    const messageId = await ask(desk, other);
    const press = ann.press(messageId, 'Me');
    expect(await bot.kinds()).toEqual([]);
    expect(await other.kinds()).toEqual(['callback_query']);
    await other.call('answerCallbackQuery', { callback_query_id: press.id, text: 'Yes' });
    expect(press.answer).toMatchObject({ text: 'Yes' });
  });

  it('in a channel goes to the bot that is there', async () => {
    const channel = telegram.createChannel({ title: 'News', botStatus: 'left' });
    const [, second] = telegram.bots;
    const other = new EmulatorClient(telegram, second);
    channel.setBotStatus('administrator', second);
    await other.updates();
    channel.agent('Ann').press(await ask(channel, other), 'Me');
    expect(await other.updates()).toMatchObject([
      { callback_query: { from: ann.user, message: { sender_chat: { id: channel.id } } } },
    ]);
  });

  it('overtakes messages, whose queue is another', async () => {
    const messageId = await ask(desk);
    // A webhook that takes nothing.
    await bot.call('setWebhook', { url: `${telegram.apiRoot}/nowhere` });
    ann.write('first');
    await telegram.settled();
    ann.press(messageId, 'Me');
    desk.agent('Bob').press(messageId, 'Me');
    while (!telegram.deliveries.some(({ update }) => update?.callback_query)) {
      clock.advanceToNext();
      await telegram.settled();
    }
    const firstPress = telegram.deliveries.findIndex(({ update }) => update?.callback_query);
    const before = telegram.deliveries.slice(0, firstPress);
    expect(before.every(({ update }) => update?.message?.text === 'first')).toBe(true);
    expect(before.every(({ status }) => status === 404)).toBe(true);
    expect(telegram.bot.pendingUpdates).toBe(3);
  });

  it('can reach the bot a second time, as an update and a query of its own', async () => {
    const press = ann.press(await ask(desk), 'Me');
    const again = press.resend();
    const updates = await bot.updates();
    expect(updates.map((update) => update.callback_query?.id)).toEqual([press.id, again.id]);
    expect(new Set(updates.map((update) => update.update_id)).size).toBe(2);
    expect(again.id).not.toBe(press.id);
    await bot.call('answerCallbackQuery', { callback_query_id: press.id });
    expect(press.answer).toBeDefined();
    expect(again.answer).toBeUndefined();
  });

  it('cannot be of a disabled button', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Me', disabled: {} }]] };
    await bot.call('sendMessage', { chat_id: desk.id, text: 'Who?', reply_markup });
    const [message] = desk.messages;
    expect(message?.reply_markup).toEqual(reply_markup);
    expect(() => message && ann.press(message, 'Me')).toThrow('Button "Me" is disabled');
  });

  it('can be of a keyboard that has been replaced since: the bot gets the message of now', async () => {
    const messageId = await ask(desk);
    const [old] = desk.messages;
    const reply_markup = { inline_keyboard: [[{ text: 'Me', disabled: {} }]] };
    const message = { chat_id: desk.id, message_id: messageId };
    await bot.call('editMessageReplyMarkup', { ...message, reply_markup });
    expect(() => ann.press(messageId, 'Me')).toThrow('disabled');
    if (old) ann.pressStale(old, 'Me');
    expect(await bot.updates()).toMatchObject([
      { callback_query: { data: 'take:1', message: { message_id: messageId, reply_markup } } },
    ]);
  });

  it('can be of a message that is gone, which is inaccessible to the bot', async () => {
    const messageId = await ask(desk);
    const [old] = desk.messages;
    await bot.call('deleteMessage', { chat_id: desk.id, message_id: messageId });
    expect(() => ann.press(messageId, 'Me')).toThrow('There is no message');
    if (old) ann.pressStale(old, 'Me');
    const [update] = await bot.updates();
    expect(update?.callback_query?.message).toEqual({
      message_id: messageId,
      chat: old?.chat,
      date: 0,
    });
  });

  it('can be by somebody who is not in the chat: of a public one, or by an app that does not know yet', async () => {
    const shop = telegram.createSupergroup({ title: 'Shop', username: 'shop' });
    const eve = shop.agent('Eve', { status: 'left' });
    eve.press(await ask(shop), 'Me');
    expect(() => eve.write('hi')).toThrow('Eve is not in chat');
    const messageId = await ask(desk);
    const [old] = desk.messages;
    ann.leave();
    await bot.updates();
    expect(() => ann.press(messageId, 'Me')).toThrow('Ann is not in chat');
    if (old) ann.pressStale(old, 'Me');
    expect(await bot.updates()).toMatchObject([{ callback_query: { from: ann.user } }]);
  });

  it('is not of a chat elsewhere', async () => {
    await ask(desk);
    const [old] = desk.messages;
    const elsewhere = telegram.createSupergroup({ title: 'Elsewhere' }).agent('Ann');
    expect(() => old && elsewhere.pressStale(old, 'Me')).toThrow('The message is not of chat');
  });

  it('copies a text, of which the bot learns nothing', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Order', copy_text: { text: 'A-42' } }]] };
    await bot.call('sendMessage', { chat_id: desk.id, text: 'x', reply_markup });
    const [message] = desk.messages;
    expect(message && ann.copyText(message, 'Order')).toBe('A-42');
    expect(() => message && ann.press(message, 'Order')).toThrow('has no callback data');
    expect(await bot.updates()).toEqual([]);
  });
});
