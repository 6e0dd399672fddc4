import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from './emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const ANYTHING: unknown = expect.anything();

describe('Members of an EmulatedChat', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
    await bot.allowAll();
  });

  afterEach(() => telegram.stop());

  it('are sent with who did it, and what they were before', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const ann = desk.agent('Ann');
    desk.kick('Ann');
    expect(await bot.updates()).toEqual([
      {
        update_id: expect.any(Number),
        chat_member: {
          chat: { id: desk.id, title: 'Desk', type: 'supergroup' },
          from: expect.objectContaining({ first_name: 'Owner of Desk' }),
          date: 1_750_000_000,
          old_chat_member: { user: ann.user, status: 'member' },
          new_chat_member: { user: ann.user, status: 'left' },
        },
      },
      {
        update_id: expect.any(Number),
        message: {
          message_id: 1,
          from: expect.objectContaining({ first_name: 'Owner of Desk' }),
          chat: { id: desk.id, title: 'Desk', type: 'supergroup' },
          date: 1_750_000_000,
          left_chat_member: ann.user,
        },
      },
    ]);
  });

  const CHANGES: ReadonlyArray<
    readonly [string, (chat: EmulatedChat) => void, [string, string, string], string | undefined]
  > = [
    ['joins', (chat) => chat.join('Bob'), ['Bob', 'left', 'member'], 'new_chat_members'],
    ['leaves', (chat) => chat.agent('Ann').leave(), ['Ann', 'member', 'left'], 'left_chat_member'],
    ['is kicked', (chat) => chat.kick('Ann'), ['Ann', 'member', 'left'], 'left_chat_member'],
    ['is banned', (chat) => chat.ban('Ann'), ['Ann', 'member', 'kicked'], 'left_chat_member'],
    ['is restricted', (chat) => chat.restrict('Ann'), ['Ann', 'member', 'restricted'], undefined],
    ['is promoted', (chat) => chat.promote('Ann'), ['Ann', 'member', 'administrator'], undefined],
    ['is demoted', (chat) => chat.demote('Boss'), ['Boss', 'administrator', 'member'], undefined],
  ];

  describe.each(CHANGES)('when somebody %s', (_what, change, [name, before, after], service) => {
    it.each(['createGroup', 'createSupergroup'] as const)(
      'are sent as an update in a chat made by %s',
      async (create) => {
        const chat = telegram[create]({ title: 'Desk' });
        chat.agent('Ann');
        chat.agent('Boss', { status: 'administrator' });
        change(chat);
        const user = { user: { first_name: name } };
        const changed = {
          chat_member: {
            old_chat_member: { ...user, status: before },
            new_chat_member: { ...user, status: after },
          },
        };
        const joined = service === undefined ? [] : [{ message: { [service]: ANYTHING } }];
        expect(await bot.updates()).toMatchObject([changed, ...joined]);
        expect(
          await bot.call('getChatMember', { chat_id: chat.id, user_id: chat.agent(name).user.id }),
        ).toMatchObject({ result: { ...user, status: after } });
      },
    );

    it('are sent in a channel without a service message', async () => {
      const channel = telegram.createChannel({ title: 'News' });
      channel.agent('Ann');
      channel.agent('Boss', { status: 'administrator' });
      change(channel);
      expect(await bot.kinds()).toEqual(['chat_member']);
      expect(channel.messages).toEqual([]);
    });

    it('reach a bot that is no administrator by service messages only', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk', botStatus: 'member' });
      desk.agent('Ann');
      desk.agent('Boss', { status: 'administrator' });
      change(desk);
      expect(await bot.kinds()).toEqual(service === undefined ? [] : ['message']);
    });
  });

  it('reach no bot that did not ask for them', async () => {
    await bot.call('getUpdates', { allowed_updates: [], offset: 1 });
    const desk = telegram.createSupergroup({ title: 'Desk' });
    desk.agent('Ann');
    desk.restrict('Ann');
    desk.kick('Ann');
    expect(await bot.kinds()).toEqual(['message']);
  });

  it('are sent as by whoever joins or leaves', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const bob = desk.join('Bob', { id: 77, username: 'bob' });
    expect(bob.user).toEqual({ id: 77, is_bot: false, first_name: 'Bob', username: 'bob' });
    bob.leave();
    const from = { from: bob.user };
    expect(await bot.updates()).toMatchObject([
      { chat_member: from },
      { message: { ...from, new_chat_members: [bob.user] } },
      { chat_member: from },
      { message: { ...from, left_chat_member: bob.user } },
    ]);
  });

  it('are not sent when nothing changes', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    desk.ban('Ann');
    desk.restrict('Bob');
    desk.promote('Boss', { can_pin_messages: false });
    await bot.updates();
    desk.ban('Ann');
    desk.restrict('Bob');
    desk.demote('Cleo');
    desk.promote('Boss', { can_pin_messages: false });
    expect(await bot.updates()).toEqual([]);
  });

  it('have the rights that they are given, and keep the others', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    desk.promote('Ann', { can_delete_messages: false, is_anonymous: true });
    desk.promote('Ann', { can_pin_messages: false });
    const [, update] = await bot.updates();
    const rights = {
      can_delete_messages: false,
      is_anonymous: true,
      can_manage_topics: true,
      can_promote_members: false,
    };
    expect(update).toMatchObject({
      chat_member: {
        old_chat_member: { ...rights, can_pin_messages: true },
        new_chat_member: { ...rights, can_pin_messages: false },
      },
    });
    const message = desk.agent('Bob').write('x');
    expect(() => desk.agent('Ann').delete(message)).toThrow('Ann may delete own messages only');
    desk.demote('Ann');
    desk.promote('Ann');
    desk.agent('Ann').delete(message);
    expect(desk.messages).toEqual([]);
  });

  it('may do nothing once they are restricted, but are members still', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    desk.restrict('Ann');
    expect(await bot.updates()).toMatchObject([
      {
        chat_member: {
          new_chat_member: { status: 'restricted', is_member: true, can_send_messages: false },
        },
      },
    ]);
    expect(await bot.call('getChatMemberCount', { chat_id: desk.id })).toMatchObject({ result: 3 });
    desk.demote('Ann');
    expect(desk.agent('Ann').write('x')).toMatchObject({ text: 'x' });
  });

  it('come back after a kick, but not after a ban', () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const ann = desk.agent('Ann');
    desk.kick('Ann');
    expect(desk.join('Ann')).toBe(ann);
    desk.ban('Ann');
    expect(() => desk.join('Ann')).toThrow(`Ann is banned from chat ${desk.id}`);
  });

  it.each<[string, (desk: EmulatedChat) => unknown, string]>([
    ['join twice', (desk) => desk.join('Ann'), 'Ann is in chat'],
    ['are restricted after they left', (desk) => desk.restrict('Gone'), 'Gone is not in chat'],
    ['are demoted after they left', (desk) => desk.demote('Gone'), 'Gone is not in chat'],
    ['are promoted after they left', (desk) => desk.promote('Gone'), 'Gone is not in chat'],
  ])('throw on an attempt to %s', async (_what, change, problem) => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    desk.agent('Ann');
    desk.agent('Gone').leave();
    await bot.updates();
    expect(() => change(desk)).toThrow(problem);
    expect(await bot.updates()).toEqual([]);
  });

  it.each<[string, (chat: EmulatedChat) => unknown]>([
    ['join', (chat) => chat.join('Bob')],
    ['kick', (chat) => chat.kick('Ann')],
    ['ban', (chat) => chat.ban('Ann')],
    ['restrict', (chat) => chat.restrict('Ann')],
    ['demote', (chat) => chat.demote('Ann')],
    ['promote', (chat) => chat.promote('Ann')],
    ['setBotRights', (chat) => chat.setBotRights({})],
  ])('are none in a private chat: %s', (_what, change) => {
    const chat = telegram.createPrivateChat('Ann');
    expect(() => change(chat)).toThrow('A private chat has no members to change');
    expect(chat.agent('Ann').write('x')).toMatchObject({ text: 'x' });
    expect(chat.botStatus).toBe('member');
  });
});
