import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from './emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';
import type { BotStatus } from '../world/chat-room.js';

const ANYTHING: unknown = expect.anything();

describe('A bot in an EmulatedChat', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({
      clock: new VirtualClock(1_750_000_000_000),
      waitTimeoutMs: 20_000,
    });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  it.each<[BotStatus, BotStatus, 'left_chat_member' | 'new_chat_members' | undefined]>([
    ['administrator', 'member', undefined],
    ['administrator', 'restricted', undefined],
    ['administrator', 'left', 'left_chat_member'],
    ['administrator', 'kicked', 'left_chat_member'],
    ['member', 'administrator', undefined],
    ['member', 'kicked', 'left_chat_member'],
    ['left', 'member', 'new_chat_members'],
    ['left', 'administrator', 'new_chat_members'],
    ['left', 'kicked', undefined],
    ['kicked', 'member', 'new_chat_members'],
    ['kicked', 'left', undefined],
  ])('learns that it was %s and is %s', async (before, after, service) => {
    const desk = telegram.createSupergroup({ title: 'Desk', botStatus: before });
    desk.setBotStatus(after);
    const user = { id: telegram.bot.id, is_bot: true };
    const changed = {
      my_chat_member: {
        chat: { id: desk.id },
        from: { first_name: 'Owner of Desk' },
        date: 1_750_000_000,
        old_chat_member: { user, status: before },
        new_chat_member: { user, status: after },
      },
    };
    const joined = service === undefined ? [] : [{ message: { [service]: ANYTHING } }];
    expect(await bot.updates()).toMatchObject([changed, ...joined]);
    expect(desk.botStatus).toBe(after);
    desk.setBotStatus(after);
    expect(await bot.updates()).toEqual([]);
  });

  it('learns in a private chat that it is blocked, and that it is not any more', async () => {
    const chat = telegram.createPrivateChat('Cleo', { id: 7 });
    chat.setBotStatus('kicked');
    const send = (): Promise<unknown> => bot.call('sendMessage', { chat_id: 7, text: 'x' });
    expect(await send()).toEqual({
      ok: false,
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    chat.setBotStatus('member');
    expect(await send()).toMatchObject({ ok: true });
    const about = { chat: { id: 7, type: 'private' }, from: { first_name: 'Cleo' } };
    expect(await bot.updates()).toMatchObject([
      { my_chat_member: { ...about, new_chat_member: { status: 'kicked', until_date: 0 } } },
      { my_chat_member: { ...about, new_chat_member: { status: 'member' } } },
    ]);
  });

  it('may be blocked from the start', async () => {
    telegram.createPrivateChat('Cleo', { id: 7, blocked: true });
    expect(await bot.call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({
      description: 'Forbidden: bot was blocked by the user',
    });
    expect(await bot.updates()).toEqual([]);
  });

  it.each<[string, (chat: EmulatedChat) => void]>([
    ['an administrator', (chat) => chat.setBotStatus('administrator')],
    ['restricted', (chat) => chat.setBotStatus('restricted')],
    ['gone', (chat) => chat.setBotStatus('left')],
    ['another than its own', (chat) => chat.setBotStatus('member', telegram.bots[1])],
  ])('is not %s in a private chat', async (_what, change) => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(), bots: [{}, {}] });
    const chat = telegram.createPrivateChat('Cleo');
    expect(() => change(chat)).toThrow('In a private chat its bot is a member, or kicked');
    expect(telegram.bots.map(({ pendingUpdates }) => pendingUpdates)).toEqual([0, 0]);
  });

  it('has an own queue for what happens to it', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    desk.agent('Ann').write('x');
    desk.setBotStatus('member');
    // A webhook that takes nothing.
    await bot.call('setWebhook', { url: `${telegram.apiRoot}/nowhere` });
    while (!telegram.deliveries.some(({ update }) => update?.my_chat_member)) {
      await telegram.settled();
      telegram.clock.advanceToNext();
    }
    expect(telegram.bot.pendingUpdates).toBe(2);
  });

  it.each<[string, string, object, RegExp]>([
    ['can_pin_messages', 'pinChatMessage', { message_id: 1 }, /not enough rights to manage pinned/],
    ['can_delete_messages', 'deleteMessage', { message_id: 1 }, /message can't be deleted/],
    ['can_manage_topics', 'createForumTopic', { name: 'T' }, /not enough rights to create a topic/],
  ])(
    'gets an update that it lost %s, and is refused %s',
    async (right, method, params, problem) => {
      const forum = telegram.createForum({ title: 'Forum' });
      forum.agent('Ann').write('x');
      const messageId = forum.messages[0]?.message_id;
      await bot.updates();
      forum.setBotRights({ [right]: false });
      expect(await bot.updates()).toMatchObject([
        {
          my_chat_member: {
            old_chat_member: { status: 'administrator', [right]: true },
            new_chat_member: { status: 'administrator', [right]: false },
          },
        },
      ]);
      const attempt = (): Promise<unknown> =>
        bot.call(method, { chat_id: forum.id, ...params, message_id: messageId });
      expect(await attempt()).toMatchObject({ description: expect.stringMatching(problem) });
      forum.setBotRights({ [right]: true });
      expect(await attempt()).toMatchObject({ ok: true });
    },
  );

  it('may post in a channel with the right to', async () => {
    const channel = telegram.createChannel({ title: 'News' });
    channel.setBotRights({ can_post_messages: false });
    const post = (): Promise<unknown> =>
      bot.call('sendMessage', { chat_id: channel.id, text: 'x' });
    expect(await post()).toMatchObject({
      description: 'Bad Request: need administrator rights in the channel chat',
    });
    channel.setBotRights({ can_post_messages: true });
    expect(await post()).toMatchObject({ result: { sender_chat: { id: channel.id } } });
  });

  it('is given rights only where it is', () => {
    const desk = telegram.createSupergroup({ title: 'Desk', botStatus: 'left' });
    expect(() => desk.setBotRights({ can_pin_messages: true })).toThrow(
      `Support Desk is not in chat ${desk.id}`,
    );
  });

  const REFUSED = {
    description: 'Bad Request: not enough rights to send text messages to the chat',
  };

  it.each<[BotStatus, object, object]>([
    ['member', { can_send_messages: false }, REFUSED],
    ['member', { can_send_photos: false }, { ok: true }],
    ['administrator', { can_send_messages: false }, { ok: true }],
    ['restricted', {}, REFUSED],
  ])('that is a %s goes by permissions like %j', async (botStatus, permissions, answer) => {
    const desk = telegram.createSupergroup({ title: 'Desk', botStatus });
    desk.setPermissions(permissions);
    expect(await bot.call('sendMessage', { chat_id: desk.id, text: 'x' })).toMatchObject(answer);
    expect(await bot.call('getChat', { chat_id: desk.id })).toMatchObject({
      result: { permissions: { can_send_polls: true, ...permissions } },
    });
  });

  it('learns that it has left of its own will', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    expect(await bot.call('leaveChat', { chat_id: desk.id })).toEqual({ ok: true, result: true });
    const from = { from: { id: telegram.bot.id } };
    expect(await bot.updates()).toMatchObject([
      { my_chat_member: { ...from, new_chat_member: { status: 'left' } } },
      { message: { ...from, left_chat_member: { id: telegram.bot.id } } },
    ]);
    desk.agent('Ann').write('x');
    desk.kick('Ann');
    expect(await bot.updates()).toEqual([]);
  });

  it.each<[boolean, string | undefined]>([
    [true, undefined],
    [false, 'Bad Request: the chat is not a forum'],
  ])('creates topics where they are switched on: %s', async (isForum, problem) => {
    const desk = telegram.createSupergroup({ title: 'Desk', isForum: !isForum });
    desk.setForum(isForum);
    const answer = await bot.call('createForumTopic', { chat_id: desk.id, name: 'T' });
    expect(answer).toMatchObject(problem === undefined ? { ok: true } : { description: problem });
    expect(await bot.call('getChat', { chat_id: desk.id })).toMatchObject({
      result: isForum ? { is_forum: true } : { type: 'supergroup' },
    });
    expect(desk.agent('Ann').write('x').chat).toEqual({
      id: desk.id,
      title: 'Desk',
      type: 'supergroup',
      ...(isForum && { is_forum: true }),
    });
  });

  it('has no topics in a basic group', () => {
    const group = telegram.createGroup({ title: 'Group' });
    expect(() => group.setForum(true)).toThrow('Only supergroups have topics; upgrade the group');
  });
});
