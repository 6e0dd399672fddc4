import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';

describe('The chats of the emulator', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  it.each<[string, () => EmulatedChat, RegExp]>([
    ['a basic group', () => telegram.createGroup({ title: 'A' }), /^-4\d{9}$/],
    ['a supergroup', () => telegram.createSupergroup({ title: 'A' }), /^-100\d{10}$/],
    ['a forum', () => telegram.createForum({ title: 'A' }), /^-100\d{10}$/],
    ['a channel', () => telegram.createChannel({ title: 'A' }), /^-100\d{10}$/],
  ])('have ids that look like those of %s', (_what, create, shape) => {
    const ids = [create(), create(), create()].map(({ id }) => String(id));
    expect(ids.every((id) => shape.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(3);
  });

  it('have ids of their own, whatever their kind', () => {
    const ids = ['createGroup', 'createSupergroup', 'createForum', 'createChannel'] as const;
    const all = ids.flatMap((create) => [1, 2, 3].map(() => telegram[create]({ title: 'A' }).id));
    expect(new Set(all).size).toBe(12);
  });

  it('are private under the id of the person', async () => {
    const chat = telegram.createPrivateChat('Cleo', { username: 'cleo' });
    expect(chat).toMatchObject({ type: 'private', id: chat.agent('Cleo').user.id });
    expect(await bot.call('getChat', { chat_id: chat.id })).toMatchObject({
      result: { type: 'private', first_name: 'Cleo', username: 'cleo' },
    });
    expect(() => telegram.createPrivateChat('Cleo')).toThrow(
      'The private chat of Cleo exists already',
    );
  });

  it.each<[string, (username: string) => EmulatedChat]>([
    ['supergroup', (username) => telegram.createSupergroup({ title: 'A', username })],
    ['channel', (username) => telegram.createChannel({ title: 'A', username })],
  ])('are found by the username of a %s, in any case', async (type, create) => {
    const chat = create('Shop_News');
    expect(await bot.call('getChat', { chat_id: '@shop_NEWS' })).toMatchObject({
      result: { id: chat.id, type, username: 'Shop_News' },
    });
    expect(await bot.call('getChat', { chat_id: '@shop' })).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: chat not found',
    });
  });

  it.each([
    ['a text', (id: number) => String(id)],
    ['a number', (id: number) => id],
  ])('are found by an id that is %s', async (_what, write) => {
    const { id } = telegram.createGroup({ title: 'A' });
    expect(await bot.call('getChat', { chat_id: write(id) })).toMatchObject({ result: { id } });
  });

  it('have the first bot in them as the test says, and an owner', async () => {
    for (const status of ['administrator', 'member', 'restricted', 'left', 'kicked'] as const) {
      const chat = telegram.createSupergroup({ title: status, username: 'x', botStatus: status });
      expect(chat.botStatus).toBe(status);
    }
    const { id } = telegram.createSupergroup({ title: 'A' });
    expect(await bot.call('getChatAdministrators', { chat_id: id })).toMatchObject({
      result: [
        { status: 'creator', user: { first_name: 'Owner of A', is_bot: false } },
        { status: 'administrator', user: { id: telegram.bot.id }, can_manage_topics: true },
      ],
    });
    expect(await bot.call('getChatMemberCount', { chat_id: id })).toMatchObject({ result: 2 });
  });

  it('are nobody’s chats with the bot until somebody has started it', async () => {
    const { user } = telegram.createGroup({ title: 'A' }).agent('Ann');
    const send = (): Promise<unknown> =>
      bot.call('sendMessage', { chat_id: user.id, text: 'Hello' });
    expect(await send()).toEqual({
      ok: false,
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
    telegram.createPrivateChat('Ann');
    expect(await send()).toMatchObject({ ok: true, result: { chat: { id: user.id } } });
  });
});
