import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

describe('SendChatActionMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    desk = telegram.createForum({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const act = (action: string | undefined, params: object = {}): Promise<string> =>
    client.errorOf('sendChatAction', { chat_id: desk.id, action, ...params });

  it.each(['typing', 'TYPING', 'upload_photo', 'record_voice', 'choose_sticker', 'find_location'])(
    'shows %s, and leaves no trace',
    async (action) => {
      expect(await client.call('sendChatAction', { chat_id: desk.id, action })).toEqual({
        ok: true,
        result: true,
      });
      expect(desk.messages).toEqual([]);
    },
  );

  it('does not look at the topic', async () => {
    const topic = desk.agent('Ann').createTopic('T');
    desk.agent('Ann').deleteTopic(topic.id);
    for (const message_thread_id of [1, topic.id, 99]) {
      expect(await act('typing', { message_thread_id })).toBe('ok');
    }
  });

  it('counts in no flood limit of messages, and passes while those are refused', async () => {
    for (let count = 0; count < 20; count++) await act('typing');
    for (let count = 0; count < 20; count++) {
      expect(await client.errorOf('sendMessage', { chat_id: desk.id, text: 'hi' })).toBe('ok');
    }
    const other = telegram.createGroup({ title: 'Other' });
    other.flood(60);
    expect(await act('typing', { chat_id: other.id })).toBe('ok');
  });

  it.each([undefined, '', 'dancing'])('refuses %j', async (action) => {
    expect(await act(action)).toBe('Bad Request: wrong parameter action in request');
  });

  it('needs a chat in which the bot is', async () => {
    expect(await act('typing', { chat_id: 1 })).toBe('Bad Request: chat not found');
    desk.setBotStatus('kicked');
    expect(await act('typing')).toBe('Forbidden: bot was kicked from the supergroup chat');
  });
});
