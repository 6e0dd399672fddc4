import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import type { FileKind } from '../../files/stored-file.js';

const MARKUP = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };

describe('CopyMessageMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let source: EmulatedChat;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    source = telegram.createPrivateChat('Ann');
    desk = telegram.createSupergroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const copy = (message_id: number, params: object = {}): Promise<unknown> =>
    client.call('copyMessage', {
      chat_id: desk.id,
      from_chat_id: source.id,
      message_id,
      ...params,
    });
  const errorOf = (message_id: number, params: object = {}): Promise<string> =>
    client.errorOf('copyMessage', {
      chat_id: desk.id,
      from_chat_id: source.id,
      message_id,
      ...params,
    });

  it('sends the content as the bot’s own, and answers with the id alone', async () => {
    const original = source.agent('Ann').write('see example.com');
    expect(await copy(original.message_id)).toEqual({ ok: true, result: { message_id: 1 } });
    expect(desk.messages).toEqual([
      {
        message_id: 1,
        from: expect.objectContaining({ id: telegram.bot.id }),
        chat: expect.objectContaining({ id: desk.id }),
        date: expect.any(Number),
        text: 'see example.com',
        entities: original.entities,
      },
    ]);
  });

  it.each<[FileKind, string]>([
    ['animation', 'old'],
    ['audio', 'old'],
    ['document', 'old'],
    ['photo', 'old'],
    ['sticker', ''],
    ['video', 'old'],
    ['video_note', ''],
    ['voice', 'old'],
  ])('copies a %s, with the caption %j', async (kind, caption) => {
    const original = source.agent('Ann').sendFile(kind, { caption });
    await copy(original.message_id);
    expect(desk.messages).toMatchObject([{ [kind]: original[kind] }]);
    expect(desk.messages[0]?.caption ?? '').toBe(caption);
  });

  it.each<[object, object]>([
    [
      { caption: '*new*', parse_mode: 'Markdown' },
      { caption: 'new', caption_entities: [{ type: 'bold' }] },
    ],
    [{ caption: '' }, { caption: undefined }],
    [{}, { caption: 'old' }],
  ])('makes with %j of a caption %j', async (params, expected) => {
    const original = source.agent('Ann').sendPhoto({ caption: 'old' });
    await copy(original.message_id, params);
    expect({ caption: undefined, ...desk.messages[0] }).toMatchObject(expected);
  });

  it('gives a text no caption', async () => {
    const original = source.agent('Ann').write('text');
    await copy(original.message_id, { caption: 'new' });
    expect(desk.messages).toMatchObject([{ text: 'text' }]);
    expect(desk.messages[0]).not.toHaveProperty('caption');
  });

  it('copies what was forwarded, answered or given a keyboard without all that', async () => {
    const news = telegram.createSupergroup({ title: 'News' });
    const first = news.agent('Bob').write('news');
    const second = news.agent('Bob').forward(first);
    await client.call('sendMessage', {
      chat_id: news.id,
      text: 'own',
      reply_markup: MARKUP,
      reply_parameters: { message_id: first.message_id },
    });
    for (const message_id of [second.message_id, second.message_id + 1]) {
      await copy(message_id, { from_chat_id: news.id });
    }
    expect(desk.messages.map(({ text }) => text)).toEqual(['news', 'own']);
    for (const message of desk.messages) {
      for (const field of ['forward_origin', 'reply_markup', 'reply_to_message']) {
        expect(message).not.toHaveProperty(field);
      }
    }
  });

  it('copies protected content', async () => {
    const { message_id } = source.agent('Ann').write('secret', { has_protected_content: true });
    await copy(message_id);
    expect(desk.messages[0]).not.toHaveProperty('has_protected_content');
  });

  it('takes keyboard, reply, topic and protection of its own', async () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const topic = forum.agent('Bob').createTopic('T');
    const original = source.agent('Ann').write('text');
    await copy(original.message_id, {
      chat_id: forum.id,
      message_thread_id: topic.id,
      reply_markup: MARKUP,
      protect_content: true,
    });
    expect(forum.messages.at(-1)).toMatchObject({
      message_thread_id: topic.id,
      reply_markup: MARKUP,
      has_protected_content: true,
    });
    const reply = desk.agent('Bob').write('question');
    await copy(original.message_id, { reply_parameters: { message_id: reply.message_id } });
    expect(desk.messages.at(-1)).toMatchObject({ reply_to_message: { text: 'question' } });
  });

  it('counts in the flood limits', async () => {
    const original = source.agent('Ann').write('text');
    for (let sent = 0; sent < 20; sent++) await copy(original.message_id);
    expect(await copy(original.message_id)).toMatchObject({ error_code: 429 });
    expect(desk.messages).toHaveLength(20);
  });

  it('needs the right to send what it copies', async () => {
    desk.setBotStatus('member');
    desk.setPermissions({ can_send_photos: false });
    const { message_id } = source.agent('Ann').sendPhoto();
    expect(await errorOf(message_id)).toBe(
      'Bad Request: not enough rights to send photos to the chat',
    );
  });

  it.each<[object, string]>([
    [{ message_id: 999 }, 'message to copy not found'],
    [{ message_id: 0 }, 'message to copy not found'],
    [{ from_chat_id: 1 }, 'chat not found'],
    [{ chat_id: 1 }, 'chat not found'],
    [{ caption: 'x'.repeat(1_025) }, 'message caption is too long'],
  ])('refuses %j: %s', async (params, reason) => {
    const { message_id } = source.agent('Ann').sendPhoto();
    expect(await errorOf(message_id, params)).toBe(`Bad Request: ${reason}`);
    expect(desk.messages).toEqual([]);
  });

  it('copies no event', async () => {
    desk.join('Bob');
    expect(await errorOf(1, { from_chat_id: desk.id })).toBe(
      "Bad Request: the message can't be copied",
    );
  });
});
