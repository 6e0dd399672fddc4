import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import type { FileKind } from '../../files/stored-file.js';

const MARKUP = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };

describe('EditMessageCaptionMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  /** Sends a file of a kind, which an agent has sent elsewhere; resolves with the message id. */
  async function send(kind: FileKind, params: object = {}): Promise<number> {
    const source = telegram.createGroup({ title: 'Source' });
    const message = source.agent('Ann').sendFile(kind);
    const file = kind === 'photo' ? message.photo?.at(-1) : message[kind];
    const name = kind.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
    await client.call(`send${name}`, { chat_id: desk.id, [kind]: file?.file_id, ...params });
    return desk.messages.at(-1)?.message_id ?? 0;
  }

  const edit = (message_id: number, params: object = {}): Promise<unknown> =>
    client.call('editMessageCaption', { chat_id: desk.id, message_id, ...params });
  const errorOf = (message_id: number, params: object = {}): Promise<string> =>
    client.errorOf('editMessageCaption', { chat_id: desk.id, message_id, ...params });

  it.each(['animation', 'audio', 'document', 'photo', 'video', 'voice'] as const)(
    'changes the caption of a %s and leaves the file',
    async (kind) => {
      const id = await send(kind, { caption: 'old' });
      const before = desk.messages.at(-1);
      const answer = await edit(id, { caption: '<u>new</u>', parse_mode: 'HTML' });
      const expected = {
        ...before,
        caption: 'new',
        caption_entities: [{ type: 'underline', offset: 0, length: 3 }],
        edit_date: expect.any(Number),
      };
      expect(answer).toEqual({ ok: true, result: expected });
      expect(desk.messages).toEqual([expected]);
    },
  );

  it.each([{}, { caption: '' }, { caption: ' \n' }])(
    'takes caption and keyboard away for %j',
    async (params) => {
      const id = await send('photo', {
        caption: '*old*',
        parse_mode: 'Markdown',
        reply_markup: MARKUP,
      });
      await edit(id, params);
      const [message] = desk.messages;
      expect(message).toHaveProperty('photo');
      for (const field of ['caption', 'caption_entities', 'reply_markup']) {
        expect(message).not.toHaveProperty(field);
      }
    },
  );

  it('gives a caption, and a keyboard, to a file without one', async () => {
    const id = await send('document');
    await edit(id, { caption: 'new', reply_markup: MARKUP });
    expect(desk.messages).toMatchObject([{ caption: 'new', reply_markup: MARKUP }]);
  });

  it('changes one item of an album', async () => {
    const { photo } = telegram.createGroup({ title: 'Source' }).agent('Ann').sendPhoto();
    const item = { type: 'photo', media: photo?.[0]?.file_id };
    await client.call('sendMediaGroup', { chat_id: desk.id, media: [item, item] });
    const [one, other] = desk.messages;
    await edit(other?.message_id ?? 0, { caption: 'new' });
    expect(desk.messages).toMatchObject([
      { media_group_id: one?.media_group_id },
      { media_group_id: one?.media_group_id, caption: 'new' },
    ]);
    expect(desk.messages[0]).not.toHaveProperty('caption');
  });

  it.each<[string, object, string]>([
    ['x'.repeat(1_025), {}, 'MEDIA_CAPTION_TOO_LONG'],
    ['x'.repeat(32_769), {}, 'text is too long'],
    ['*x', { parse_mode: 'Markdown' }, "can't parse entities: "],
    ['x', { reply_markup: [] }, 'object expected as reply markup'],
    [
      'old',
      {},
      'message is not modified: specified new message content and reply markup are exactly the same',
    ],
  ])('refuses what is wrong with a caption (%#)', async (caption, params, reason) => {
    const id = await send('photo', { caption: 'old' });
    expect(await errorOf(id, { caption, ...params })).toContain(`Bad Request: ${reason}`);
    expect(desk.messages).toMatchObject([{ caption: 'old' }]);
  });

  it.each(['sticker', 'video_note'] as const)('finds no caption in a %s', async (kind) => {
    expect(await errorOf(await send(kind), { caption: 'new' })).toBe(
      'Bad Request: there is no caption in the message to edit',
    );
  });

  it('finds none in a text, and changes no file of others', async () => {
    await client.call('sendMessage', { chat_id: desk.id, text: 'text' });
    const text = desk.messages.at(-1)?.message_id ?? 0;
    expect(await errorOf(text, { caption: 'new' })).toBe(
      'Bad Request: there is no caption in the message to edit',
    );
    const { message_id } = desk.agent('Ann').sendPhoto();
    expect(await errorOf(message_id, { caption: 'new' })).toBe(
      "Bad Request: message can't be edited",
    );
  });
});
