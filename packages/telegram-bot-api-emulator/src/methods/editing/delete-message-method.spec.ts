import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { VirtualClock } from '../../time/virtual-clock.js';

const HOURS_48 = 48 * 60 * 60 * 1000;
const NOT_ALLOWED = "Bad Request: message can't be deleted";
const NOT_FOR_EVERYONE = "Bad Request: message can't be deleted for everyone";

describe('deleting messages', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let client: WireClient;

  beforeEach(async () => {
    clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock });
    client = new WireClient(telegram);
  });

  afterEach(() => telegram.stop());

  /** The bot's message, then one of Ann's. */
  async function fill(chat: EmulatedChat): Promise<[number, number]> {
    await client.call('sendMessage', { chat_id: chat.id, text: 'by the bot' });
    const own = chat.messages.at(-1)?.message_id ?? 0;
    const name = chat.type === 'channel' ? 'Boss' : 'Ann';
    const { message_id } = chat.agent(name, { status: 'administrator' }).write('by Ann');
    return [own, message_id];
  }

  const remove = (chat: EmulatedChat, message_id: number): Promise<string> =>
    client.errorOf('deleteMessage', { chat_id: chat.id, message_id });
  const removeAll = (chat: EmulatedChat, message_ids: number[]): Promise<string> =>
    client.errorOf('deleteMessages', { chat_id: chat.id, message_ids });

  describe('deleteMessage', () => {
    it('deletes a message for everybody, without an update', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const [own, other] = await fill(desk);
      await client.call('getUpdates', { offset: -1 });
      expect(await client.call('deleteMessage', { chat_id: desk.id, message_id: own })).toEqual({
        ok: true,
        result: true,
      });
      expect(textsOf(desk)).toEqual(['by Ann']);
      expect(await remove(desk, own)).toBe('Bad Request: message to delete not found');
      expect(await remove(desk, other)).toBe('ok');
      expect(telegram.bot.pendingUpdates).toBe(1);
    });

    it.each<[string, (telegram: BotApiEmulator) => EmulatedChat]>([
      ['a supergroup', (emulator) => emulator.createSupergroup({ title: 'Desk' })],
      ['a group', (emulator) => emulator.createGroup({ title: 'Desk' })],
      ['a channel', (emulator) => emulator.createChannel({ title: 'News' })],
    ])(
      'deletes messages of others in %s with the right to, and only then',
      async (_kind, create) => {
        const chat = create(telegram);
        const [, other] = await fill(chat);
        chat.setBotRights({ can_delete_messages: false });
        expect(await remove(chat, other)).toBe(NOT_ALLOWED);
        chat.setBotRights({ can_delete_messages: true });
        expect(await remove(chat, other)).toBe('ok');
      },
    );

    it('deletes own messages of a group without the right to', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk', botStatus: 'member' });
      const [own, other] = await fill(desk);
      expect(await remove(desk, own)).toBe('ok');
      expect(await remove(desk, other)).toBe(NOT_ALLOWED);
    });

    it('deletes messages of both sides of a private chat', async () => {
      const chat = telegram.createPrivateChat('Ann');
      for (const message_id of await fill(chat)) expect(await remove(chat, message_id)).toBe('ok');
      expect(chat.messages).toEqual([]);
    });

    it('deletes messages of supergroups for 48 hours, whatever its rights', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const [own, other] = await fill(desk);
      clock.advance(HOURS_48 - 1);
      expect(await remove(desk, own)).toBe('ok');
      clock.advance(1);
      expect(await remove(desk, other)).toBe(NOT_ALLOWED);
    });

    it.each<[string, (telegram: BotApiEmulator) => EmulatedChat]>([
      ['private chats', (emulator) => emulator.createPrivateChat('Ann')],
      ['groups', (emulator) => emulator.createGroup({ title: 'Desk' })],
    ])('deletes messages of %s for 48 hours', async (_kind, create) => {
      const chat = create(telegram);
      const [own, other] = await fill(chat);
      clock.advance(HOURS_48);
      expect(await remove(chat, own)).toBe('ok');
      clock.advance(1);
      expect(await remove(chat, other)).toBe(NOT_FOR_EVERYONE);
    });

    it('deletes no message that began a topic, or the chat itself', async () => {
      const forum = telegram.createForum({ title: 'Forum' });
      const topic = forum.agent('Ann').createTopic('T');
      expect(await remove(forum, topic.id)).toBe(NOT_ALLOWED);
      const upgraded = telegram.createGroup({ title: 'Group' }).upgrade();
      expect(await remove(upgraded, 1)).toBe(NOT_ALLOWED);
    });

    it('deletes other events', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      desk.join('Bob');
      expect(await remove(desk, desk.messages[0]?.message_id ?? 0)).toBe('ok');
      expect(desk.messages).toEqual([]);
    });

    it('unpins what it deletes', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const [own, other] = await fill(desk);
      for (const message_id of [other, own]) {
        await client.call('pinChatMessage', { chat_id: desk.id, message_id });
      }
      await remove(desk, own);
      expect(desk.pinned).toEqual([other]);
      expect(await client.call('getChat', { chat_id: desk.id })).toMatchObject({
        result: { pinned_message: { message_id: other } },
      });
    });
  });

  describe('deleteMessages', () => {
    it('deletes all that there are, in any order and number', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const [own, other] = await fill(desk);
      expect(await removeAll(desk, [999, other, 1_000, own, own])).toBe('ok');
      expect(desk.messages).toEqual([]);
      expect(await removeAll(desk, [own, other])).toBe('ok');
    });

    it('deletes none when one cannot be deleted', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk', botStatus: 'member' });
      const [own, other] = await fill(desk);
      expect(await removeAll(desk, [own, other])).toBe(NOT_ALLOWED);
      expect(textsOf(desk)).toEqual(['by the bot', 'by Ann']);
    });

    it('deletes nothing of another chat', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const elsewhere = telegram.createSupergroup({ title: 'Elsewhere' });
      const [own] = await fill(desk);
      await fill(elsewhere);
      expect(await removeAll(elsewhere, [own])).toBe('ok');
      expect(desk.messages).toHaveLength(2);
      expect(elsewhere.messages).toHaveLength(1);
    });
  });
});

function textsOf(chat: EmulatedChat): unknown[] {
  return chat.messages.map(({ text }) => text);
}
