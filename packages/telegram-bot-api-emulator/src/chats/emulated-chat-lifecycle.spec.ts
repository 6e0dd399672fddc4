import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from './emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

describe('What happens to an EmulatedChat', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({
      clock: new VirtualClock(1_750_000_000_000),
      bots: [{}, {}],
    });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  function send(chat: EmulatedChat, client = bot): Promise<unknown> {
    return client.call('sendMessage', { chat_id: chat.id, text: 'x' });
  }

  describe('upgrade', () => {
    it('writes a notice in both chats', async () => {
      const group = telegram.createGroup({ title: 'Desk' });
      group.agent('Ann').write('before');
      await bot.updates();
      const upgraded = group.upgrade();
      expect(upgraded.id).toBeLessThan(-1_000_000_000_000);
      const supergroup = { id: upgraded.id, title: 'Desk', type: 'supergroup' };
      const updates = await bot.updates();
      expect(updates.map(({ message }) => message)).toEqual([
        {
          message_id: 2,
          from: expect.objectContaining({ first_name: 'Owner of Desk' }),
          chat: {
            id: group.id,
            title: 'Desk',
            type: 'group',
            all_members_are_administrators: true,
          },
          date: 1_750_000_000,
          migrate_to_chat_id: upgraded.id,
        },
        {
          message_id: 1,
          from: expect.objectContaining({ id: 1_087_968_824, username: 'GroupAnonymousBot' }),
          sender_chat: supergroup,
          chat: supergroup,
          date: 1_750_000_000,
          migrate_from_chat_id: group.id,
        },
      ]);
    });

    it.each<[string, object]>([
      ['sendMessage', { text: 'x' }],
      ['sendChatAction', { action: 'typing' }],
      ['getChatMember', { user_id: 1 }],
      ['leaveChat', {}],
    ])('lets the old id answer %s with the new one', async (method, params) => {
      const group = telegram.createGroup({ title: 'Desk' });
      const upgraded = group.upgrade();
      expect(await bot.call(method, { chat_id: group.id, ...params })).toEqual({
        ok: false,
        error_code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: upgraded.id },
      });
      expect(await send(upgraded)).toMatchObject({ ok: true });
    });

    it('takes along who was there, and who was not', async () => {
      const group = telegram.createGroup({ title: 'Desk' });
      const [, second] = telegram.bots;
      group.setBotStatus('member', second);
      group.agent('Ann');
      group.agent('Boss', { status: 'administrator' });
      group.ban('Mallory');
      const upgraded = group.upgrade();
      const statusOf = async (name: string): Promise<unknown> =>
        bot.call('getChatMember', {
          chat_id: upgraded.id,
          user_id: upgraded.agent(name).user.id,
        });
      expect(await statusOf('Ann')).toMatchObject({ result: { status: 'member' } });
      expect(await statusOf('Boss')).toMatchObject({
        result: { status: 'administrator', can_manage_topics: true },
      });
      expect(await statusOf('Mallory')).toMatchObject({ result: { status: 'kicked' } });
      expect(await statusOf('Owner of Desk')).toMatchObject({ result: { status: 'creator' } });
      expect(await send(upgraded, new EmulatorClient(telegram, second))).toMatchObject({
        ok: true,
      });
    });

    it('takes along what was changed of rights and permissions', async () => {
      const group = telegram.createGroup({ title: 'Desk' });
      group.setBotRights({ can_pin_messages: false });
      group.setPermissions({ can_send_polls: false, can_pin_messages: false });
      const upgraded = group.upgrade();
      expect(
        await bot.call('getChatMember', { chat_id: upgraded.id, user_id: telegram.bot.id }),
      ).toMatchObject({
        result: {
          status: 'administrator',
          can_pin_messages: false,
          can_delete_messages: true,
          can_manage_topics: true,
          can_post_stories: true,
        },
      });
      expect(await bot.call('getChat', { chat_id: upgraded.id })).toMatchObject({
        result: { permissions: { can_send_polls: false, can_send_messages: true } },
      });
    });

    it('makes a chat that may become a forum', async () => {
      const upgraded = telegram.createGroup({ title: 'Desk' }).upgrade();
      upgraded.setForum(true);
      expect(await bot.call('createForumTopic', { chat_id: upgraded.id, name: 'T' })).toMatchObject(
        { ok: true },
      );
    });

    it('happens once, and to nothing but a group', () => {
      const group = telegram.createGroup({ title: 'Desk' });
      const upgraded = group.upgrade();
      expect(() => group.upgrade()).toThrow(`has become supergroup ${upgraded.id}`);
      expect(() => upgraded.upgrade()).toThrow('Only basic groups are upgraded');
      expect(() => telegram.createPrivateChat('Ann').upgrade()).toThrow('Only basic groups');
      const gone = telegram.createGroup({ title: 'Gone' });
      gone.destroy();
      expect(() => gone.upgrade()).toThrow(`Chat ${gone.id} is gone`);
    });

    it('leaves a group where nobody comes or goes any more', async () => {
      const group = telegram.createGroup({ title: 'Desk' });
      group.upgrade();
      await bot.updates();
      for (const change of [
        () => group.join('Bob'),
        () => group.kick('Ann'),
        () => group.promote('Ann'),
        () => group.setBotStatus('kicked'),
      ]) {
        expect(change).toThrow('has become supergroup');
      }
      expect(await bot.updates()).toEqual([]);
    });
  });

  describe('destroy', () => {
    it.each<[string, () => EmulatedChat, string]>([
      [
        'a group',
        () => telegram.createGroup({ title: 'Desk' }),
        'Forbidden: the group chat was deleted',
      ],
      [
        'a private chat',
        () => telegram.createPrivateChat('Cleo'),
        'Forbidden: user is deactivated',
      ],
    ])('ends %s', async (_what, create, description) => {
      const chat = create();
      expect(await send(chat)).toMatchObject({ ok: true });
      chat.destroy();
      expect(await send(chat)).toEqual({ ok: false, error_code: 403, description });
      expect(chat.messages).toHaveLength(1);
      expect(await bot.updates()).toEqual([]);
    });

    it.each<[string, () => EmulatedChat]>([
      ['a supergroup', () => telegram.createSupergroup({ title: 'Desk' })],
      ['a channel', () => telegram.createChannel({ title: 'News' })],
    ])('cannot end %s', (_what, create) => {
      expect(() => create().destroy()).toThrow('Only basic groups and private chats are destroyed');
    });
  });

  describe('flood', () => {
    it('counts down', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      desk.flood(30);
      const waits: unknown[] = [];
      for (const advanceMs of [0, 500, 500, 28_000, 999]) {
        telegram.clock.advance(advanceMs);
        waits.push(await send(desk));
      }
      expect(waits).toEqual(
        [30, 30, 29, 1, 1].map((seconds) => ({
          ok: false,
          error_code: 429,
          description: `Too Many Requests: retry after ${seconds}`,
          parameters: { retry_after: seconds },
        })),
      );
      telegram.clock.advance(1);
      expect(await send(desk)).toMatchObject({ ok: true });
      expect(desk.messages).toHaveLength(1);
    });

    it('names the wait in a header, too', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      desk.flood(7);
      const url = `${telegram.apiRoot}/bot${telegram.bot.token}/sendMessage`;
      const response = await fetch(`${url}?chat_id=${desk.id}&text=x`);
      expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '7']);
    });

    it('refuses edits, but neither reactions nor people', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      await send(desk);
      desk.flood(30);
      const edit = { chat_id: desk.id, message_id: 1, text: 'y' };
      expect(await bot.call('editMessageText', edit)).toMatchObject({ error_code: 429 });
      const reaction = [{ type: 'emoji', emoji: '👍' }];
      expect(
        await bot.call('setMessageReaction', { chat_id: desk.id, message_id: 1, reaction }),
      ).toEqual({ ok: true, result: true });
      expect(desk.agent('Ann').write('x')).toMatchObject({ text: 'x' });
    });

    it('meets every bot of a group, and no other chat', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const [, second] = telegram.bots;
      const other = new EmulatorClient(telegram, second);
      desk.setBotStatus('administrator', second);
      desk.flood(30);
      expect(await send(desk, other)).toMatchObject({ error_code: 429 });
      expect(await send(telegram.createSupergroup({ title: 'Other' }))).toMatchObject({ ok: true });
      const own = telegram.createPrivateChat('Cleo');
      const others = telegram.createPrivateChat('Cleo', {}, second);
      own.flood(30);
      expect(await send(own)).toMatchObject({ error_code: 429 });
      expect(await send(others, other)).toMatchObject({ ok: true });
    });
  });
});
