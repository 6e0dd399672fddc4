import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

const NO_RIGHT = 'Bad Request: not enough rights to manage pinned messages in the chat';

describe('pinning', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const call = (method: string, params: object = {}): Promise<string> =>
    client.errorOf(method, { chat_id: desk.id, ...params });
  const pin = (message_id: number): Promise<string> => call('pinChatMessage', { message_id });

  /** Writes messages and pins them, each above those before. */
  async function fill(count: number): Promise<number[]> {
    const ids = Array.from(
      { length: count },
      (_unused, index) => desk.agent('Ann').write(`message ${index}`).message_id,
    );
    for (const id of ids) await pin(id);
    return ids;
  }

  describe('pinChatMessage', () => {
    it('puts a message on top, with a service message and an update of that', async () => {
      const original = desk.agent('Ann').write('important');
      await client.call('getUpdates', { offset: -1 });
      expect(await client.call('pinChatMessage', { chat_id: desk.id, message_id: 1 })).toEqual({
        ok: true,
        result: true,
      });
      expect(desk.pinned).toEqual([1]);
      const event = {
        message_id: 2,
        from: { id: telegram.bot.id },
        pinned_message: original,
      };
      expect(desk.messages[1]).toMatchObject(event);
      expect(await client.call('getUpdates', { offset: -1 })).toMatchObject({
        result: [{ message: event }],
      });
    });

    it('says nothing of a message that is pinned already', async () => {
      await fill(2);
      const before = desk.messages.length;
      expect(await pin(1)).toBe('ok');
      expect(desk.messages).toHaveLength(before);
      expect(desk.pinned).toEqual([1, 2]);
    });

    it('posts the service message in the topic of the message', async () => {
      desk = telegram.createForum({ title: 'Forum' });
      const topic = desk.agent('Ann').createTopic('T');
      const { message_id } = desk.agent('Ann').write('hi', { message_thread_id: topic.id });
      await pin(message_id);
      expect(desk.messages.at(-1)).toMatchObject({
        message_thread_id: topic.id,
        is_topic_message: true,
        pinned_message: { message_id },
      });
    });

    it.each<[string, (emulator: BotApiEmulator) => EmulatedChat]>([
      ['private chats', (emulator) => emulator.createPrivateChat('Ann')],
      ['groups', (emulator) => emulator.createGroup({ title: 'Group' })],
    ])('works in %s', async (_kind, create) => {
      desk = create(telegram);
      const { message_id } = desk.agent('Ann').write('hi');
      expect(await pin(message_id)).toBe('ok');
      expect(desk.pinned).toEqual([message_id]);
    });

    it('works in channels, where the channel says so', async () => {
      desk = telegram.createChannel({ title: 'News' });
      const { message_id } = desk.agent('Boss', { status: 'administrator' }).write('news');
      expect(await pin(message_id)).toBe('ok');
      expect(desk.messages.at(-1)).toMatchObject({
        sender_chat: { id: desk.id },
        pinned_message: { message_id },
      });
      desk.setBotRights({ can_edit_messages: false });
      expect(await pin(message_id)).toBe(NO_RIGHT);
    });

    it('needs the right to, or members who may', async () => {
      const { message_id } = desk.agent('Ann').write('hi');
      desk.setBotRights({ can_pin_messages: false });
      expect(await pin(message_id)).toBe(NO_RIGHT);
      desk.setBotStatus('member');
      expect(await pin(message_id)).toBe('ok');
      desk.setPermissions({ can_pin_messages: false });
      expect(await call('unpinChatMessage', { message_id })).toBe(NO_RIGHT);
      expect(await call('unpinAllChatMessages')).toBe(NO_RIGHT);
      expect(desk.pinned).toEqual([message_id]);
    });

    it('pins no event, and nothing that is not there', async () => {
      desk.join('Bob');
      expect(await pin(1)).toBe("Bad Request: a service message can't be pinned");
      expect(await pin(9)).toBe('Bad Request: message to pin not found');
      expect(desk.pinned).toEqual([]);
    });
  });

  describe('unpinChatMessage', () => {
    it('takes the one that is named, else the one that was pinned last', async () => {
      const [one = 0, two = 0, three = 0] = await fill(3);
      expect(await call('unpinChatMessage', { message_id: one })).toBe('ok');
      expect(desk.pinned).toEqual([two, three]);
      expect(await call('unpinChatMessage')).toBe('ok');
      expect(desk.pinned).toEqual([two]);
    });

    it('sends no service message', async () => {
      await fill(1);
      const before = desk.messages.length;
      await call('unpinChatMessage');
      expect(desk.messages).toHaveLength(before);
    });

    it('finds none where none is pinned', async () => {
      expect(await call('unpinChatMessage')).toBe('Bad Request: message to unpin not found');
      expect(await call('unpinChatMessage', { message_id: 9 })).toBe(
        'Bad Request: message to unpin not found',
      );
    });
  });

  it('unpinAllChatMessages takes all', async () => {
    await fill(3);
    expect(await call('unpinAllChatMessages')).toBe('ok');
    expect(desk.pinned).toEqual([]);
    expect(await call('unpinAllChatMessages')).toBe('ok');
  });

  describe('in a forum', () => {
    let topicId: number;

    beforeEach(async () => {
      desk = telegram.createForum({ title: 'Forum' });
      topicId = desk.agent('Ann').createTopic('T').id;
    });

    /** A pinned message of General, of the topic and of another one. */
    async function fillForum(): Promise<[number, number, number]> {
      const ann = desk.agent('Ann');
      const other = ann.createTopic('Other').id;
      const places = [undefined, topicId, other];
      const [general = 0, inTopic = 0, elsewhere = 0] = places.map(
        (message_thread_id) => ann.write('hi', { message_thread_id }).message_id,
      );
      for (const id of [general, inTopic, elsewhere]) await pin(id);
      return [general, inTopic, elsewhere];
    }

    it('unpinAllForumTopicMessages takes those of one topic', async () => {
      const [general, , elsewhere] = await fillForum();
      const params = { message_thread_id: topicId };
      expect(await call('unpinAllForumTopicMessages', params)).toBe('ok');
      expect(desk.pinned).toEqual([general, elsewhere]);
    });

    it('unpinAllGeneralForumTopicMessages takes those of General', async () => {
      const [, inTopic, elsewhere] = await fillForum();
      expect(await call('unpinAllGeneralForumTopicMessages')).toBe('ok');
      expect(desk.pinned).toEqual([inTopic, elsewhere]);
    });

    it('neither takes anything elsewhere', async () => {
      expect(await call('unpinAllForumTopicMessages', { message_thread_id: 99 })).toBe(
        'Bad Request: TOPIC_ID_INVALID',
      );
      const group = telegram.createSupergroup({ title: 'Group' });
      const params = { chat_id: group.id, message_thread_id: 2 };
      expect(await call('unpinAllForumTopicMessages', params)).toBe(
        'Bad Request: the chat is not a forum',
      );
      expect(await call('unpinAllGeneralForumTopicMessages', params)).toContain(
        'Bad Request: the chat is not a',
      );
    });
  });
});
