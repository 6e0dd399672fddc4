import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedBot } from './emulated-bot.js';
import { VirtualClock } from '../time/virtual-clock.js';

const REVOKED = { ok: false, error_code: 401, description: 'Unauthorized' };

describe('EmulatedBot', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  it('has the commands of the default scope', async () => {
    expect(telegram.bot.commands).toEqual([]);
    const help = { command: 'help', description: 'Help' };
    await bot.call('setMyCommands', { commands: [help] });
    const scope = { type: 'all_private_chats' };
    await bot.call('setMyCommands', { commands: [{ ...help, command: 'start' }], scope });
    await bot.call('setMyCommands', { commands: [], language_code: 'de' });
    expect(telegram.bot.commands).toEqual([help]);
    await bot.call('deleteMyCommands');
    expect(telegram.bot.commands).toEqual([]);
  });

  it('counts the updates that wait for it', async () => {
    const ann = telegram.createSupergroup({ title: 'Desk' }).agent('Ann');
    expect(telegram.bot.pendingUpdates).toBe(0);
    ann.edit(ann.write('x'), 'y');
    expect(telegram.bot.pendingUpdates).toBe(2);
    await bot.call('getUpdates', { offset: -1 });
    expect(telegram.bot.pendingUpdates).toBe(1);
    await bot.call('deleteWebhook', { drop_pending_updates: true });
    expect(telegram.bot.pendingUpdates).toBe(0);
  });

  it('is what its owner switches at BotFather', async () => {
    expect(await bot.call('getMe')).toMatchObject({
      result: { can_join_groups: true, can_read_all_group_messages: false },
    });
    telegram.bot.changeSwitches({ canJoinGroups: false, canReadAllGroupMessages: true });
    const result = {
      can_join_groups: false,
      can_read_all_group_messages: true,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
    };
    expect(await bot.call('getMe')).toMatchObject({ result });
    const ann = telegram.createSupergroup({ title: 'Desk', botStatus: 'member' }).agent('Ann');
    ann.write('For nobody in particular');
    expect(telegram.bot.pendingUpdates).toBe(1);
  });

  describe('revokeToken', () => {
    it('makes another token of the same bot the one that works', async () => {
      const { id, token: old } = telegram.bot;
      const token = telegram.bot.revokeToken();
      expect(token).toMatch(/^7000000001:[A-Za-z0-9_-]{35}$/);
      expect(token).not.toBe(old);
      expect(telegram.bot).toMatchObject({ id, token });
      const response = await fetch(`${telegram.apiRoot}/bot${old}/getMe`);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual(REVOKED);
      expect(await bot.call('getMe')).toMatchObject({ ok: true, result: { id } });
    });

    it('lets files, updates and the webhook wait for the new one', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const { document } = desk.agent('Ann').sendFile('document', { bytes: Buffer.from('hi') });
      const { token: old } = telegram.bot;
      telegram.bot.revokeToken();
      expect(await bot.kinds()).toEqual(['message']);
      expect(await bot.call('getFile', { file_id: document?.file_id })).toMatchObject({
        result: { file_path: 'documents/file_0.txt' },
      });
      const statusOf = async (token: string): Promise<number> => {
        const url = `${telegram.apiRoot}/file/bot${token}/documents/file_0.txt`;
        return (await fetch(url)).status;
      };
      expect([await statusOf(old), await statusOf(telegram.bot.token)]).toEqual([404, 200]);
    });
  });

  describe('restartUpdateIds', () => {
    it('lets ids go down, for a bot that goes on where it was, too', async () => {
      const ann = telegram.createSupergroup({ title: 'Desk' }).agent('Ann');
      telegram.bot.restartUpdateIds(500);
      ann.write('one');
      ann.write('two');
      expect(await bot.updates()).toMatchObject([{ update_id: 500 }, { update_id: 501 }]);
      await bot.updates();
      telegram.bot.restartUpdateIds(3);
      ann.write('three');
      ann.write('four');
      // It asks from 502 on, which is far from what is there now.
      expect(await bot.updates()).toMatchObject([{ update_id: 3 }, { update_id: 4 }]);
      ann.write('five');
      expect(await bot.updates()).toMatchObject([{ update_id: 5, message: { text: 'five' } }]);
      expect(telegram.bot.pendingUpdates).toBe(1);
    });

    it('begins where Telegram may begin, unless the test says where', async () => {
      const ann = telegram.createSupergroup({ title: 'Desk' }).agent('Ann');
      const first = async (): Promise<number> => {
        telegram.bot.restartUpdateIds();
        ann.write('x');
        const [update] = await new EmulatorClient(telegram).updates();
        await bot.call('deleteWebhook', { drop_pending_updates: true });
        return update?.update_id ?? 0;
      };
      const ids = [await first(), await first(), await first()];
      for (const id of ids) expect(id).toBeGreaterThan(2_000_000);
      for (const id of ids) expect(id).toBeLessThan(1_000_000_000);
      expect(new Set(ids).size).toBe(3);
    });

    it('is used up by no update that the bot does not take', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      telegram.bot.restartUpdateIds(10);
      desk.restrict('Ann');
      desk.agent('Bob').write('x');
      expect(await bot.updates()).toMatchObject([{ update_id: 10, message: { text: 'x' } }]);
    });
  });

  describe('with topics in private chats', () => {
    let bots: readonly EmulatedBot[];

    beforeEach(async () => {
      await telegram.stop();
      const clock = new VirtualClock(1_750_000_000_000);
      telegram = await BotApiEmulator.start({ clock, bots: [{ hasTopicsEnabled: true }, {}] });
      bot = new EmulatorClient(telegram);
      bots = telegram.bots;
    });

    it('creates them where it is asked to', async () => {
      const chat = telegram.createPrivateChat('Cleo', { id: 7 });
      expect(await bot.call('getMe')).toMatchObject({ result: { has_topics_enabled: true } });
      expect(await bot.call('createForumTopic', { chat_id: 7, name: 'Order 42' })).toMatchObject({
        result: { message_thread_id: 1, name: 'Order 42' },
      });
      expect(await bot.updates()).toMatchObject([
        { message: { message_thread_id: 1, forum_topic_created: { name: 'Order 42' } } },
      ]);
      expect(chat.topics).toMatchObject([{ id: 1, name: 'Order 42' }]);
    });

    it('writes and reads in them', async () => {
      const chat = telegram.createPrivateChat('Cleo', { id: 7 });
      chat.agent('Cleo').write('outside');
      await bot.call('createForumTopic', { chat_id: 7, name: 'Order 42' });
      const topic = { message_thread_id: 2, is_topic_message: true };
      expect(
        await bot.call('sendMessage', { chat_id: 7, message_thread_id: 2, text: 'Yes?' }),
      ).toMatchObject({ result: topic });
      expect(chat.agent('Cleo').write('inside', { message_thread_id: 2 })).toMatchObject(topic);
      expect(chat.agent('Cleo').reply(3, 'reply')).toMatchObject({
        ...topic,
        reply_to_message: { text: 'Yes?' },
      });
      expect(chat.agent('Cleo').write('outside')).not.toHaveProperty('message_thread_id');
      expect(chat.topics[0]?.messages).toHaveLength(4);
    });

    it('are none where there is no such topic', async () => {
      const chat = telegram.createPrivateChat('Cleo', { id: 7 });
      const write = (topicId: number): unknown =>
        chat.agent('Cleo').write('x', { message_thread_id: topicId });
      for (const topicId of [1, 9]) {
        expect(() => write(topicId)).toThrow(`There is no topic ${topicId} in chat 7`);
      }
      expect(
        await bot.call('sendMessage', { chat_id: 7, message_thread_id: 9, text: 'x' }),
      ).toMatchObject({ description: 'Bad Request: message thread not found' });
    });

    it('are none for a bot that has not switched them on', async () => {
      telegram.createPrivateChat('Cleo', { id: 7 }, bots[1]);
      const other = new EmulatorClient(telegram, bots[1]);
      expect(await other.call('getMe')).toMatchObject({ result: { has_topics_enabled: false } });
      expect(await other.call('createForumTopic', { chat_id: 7, name: 'T' })).toMatchObject({
        description: 'Bad Request: the chat is not a forum',
      });
    });
  });
});
