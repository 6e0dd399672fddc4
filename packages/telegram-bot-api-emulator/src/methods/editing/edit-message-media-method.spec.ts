import type { Message } from '@grammyjs/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { createBlankJpeg } from '../../files/blank-image.js';
import type { FileKind } from '../../files/stored-file.js';
import { VirtualClock } from '../../time/virtual-clock.js';

const MARKUP = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };

describe('EditMessageMediaMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;
  let source: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    source = telegram.createGroup({ title: 'Source' });
  });

  afterEach(() => telegram.stop());

  /** The id of a file that an agent has sent elsewhere. */
  function fileOf(kind: FileKind): string | undefined {
    const message = source.agent('Ann').sendFile(kind);
    const file = kind === 'photo' ? message.photo?.at(-1) : message[kind];
    return file?.file_id;
  }

  const edit = (media: unknown, params: object = {}): Promise<unknown> =>
    client.call('editMessageMedia', { chat_id: desk.id, message_id: 1, media, ...params });
  const errorOf = (media: unknown, params: object = {}): Promise<string> =>
    client.errorOf('editMessageMedia', { chat_id: desk.id, message_id: 1, media, ...params });
  const edited = (): Partial<Message> => desk.messages[0] ?? {};

  it.each<[FileKind, string[]]>([
    ['animation', ['animation', 'document']],
    ['audio', ['audio']],
    ['document', ['document']],
    ['photo', ['photo']],
    ['video', ['video']],
  ])('puts a %s in the place of a photo', async (type, fields) => {
    await client.call('sendPhoto', { chat_id: desk.id, photo: fileOf('photo'), caption: 'old' });
    const answer = await edit({
      type,
      media: fileOf(type),
      caption: '*new*',
      parse_mode: 'Markdown',
    });
    expect(answer).toEqual({ ok: true, result: edited() });
    expect(mediaIn(edited())).toEqual(fields);
    expect(edited()).toMatchObject({
      message_id: 1,
      caption: 'new',
      caption_entities: [{ type: 'bold' }],
      edit_date: 1_750_000_000,
    });
  });

  it.each(['animation', 'audio', 'document', 'video'] as const)(
    'puts a photo in the place of a %s',
    async (kind) => {
      await client.call(`send${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, {
        chat_id: desk.id,
        [kind]: fileOf(kind),
      });
      await edit({ type: 'photo', media: fileOf('photo') });
      expect(mediaIn(edited())).toEqual(['photo']);
    },
  );

  it('puts a photo in the place of a text', async () => {
    await client.call('sendMessage', {
      chat_id: desk.id,
      text: '<b>old</b>',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    });
    await edit({ type: 'photo', media: fileOf('photo'), caption: 'new' });
    expect(mediaIn(edited())).toEqual(['photo']);
    expect(edited()).toMatchObject({ caption: 'new' });
    expect(edited()).not.toHaveProperty('entities');
    expect(edited()).not.toHaveProperty('link_preview_options');
  });

  it('takes away what the call does not mention: caption, spoiler and keyboard', async () => {
    await client.call('sendPhoto', {
      chat_id: desk.id,
      photo: fileOf('photo'),
      caption: '*old*',
      parse_mode: 'Markdown',
      has_spoiler: true,
      show_caption_above_media: true,
      reply_markup: MARKUP,
    });
    await edit({ type: 'video', media: fileOf('video') });
    for (const field of [
      'caption',
      'caption_entities',
      'has_media_spoiler',
      'show_caption_above_media',
      'reply_markup',
    ]) {
      expect(edited()).not.toHaveProperty(field);
    }
  });

  it('sets them again when it does', async () => {
    await client.call('sendPhoto', { chat_id: desk.id, photo: fileOf('photo') });
    await edit(
      { type: 'photo', media: fileOf('photo'), has_spoiler: true, show_caption_above_media: true },
      { reply_markup: MARKUP },
    );
    expect(edited()).toMatchObject({
      has_media_spoiler: true,
      show_caption_above_media: true,
      reply_markup: MARKUP,
    });
  });

  it('takes a file that comes with the call', async () => {
    await client.call('sendPhoto', { chat_id: desk.id, photo: fileOf('photo') });
    const answer = await client.upload('editMessageMedia', {
      chat_id: desk.id,
      message_id: 1,
      media: JSON.stringify({ type: 'photo', media: 'attach://new' }),
      new: new File([createBlankJpeg(60, 40)], 'new.jpg'),
    });
    expect(answer).toMatchObject({ ok: true, result: { photo: [{ width: 60, height: 40 }] } });
  });

  it('says that the same file with the same caption is no change', async () => {
    const media = fileOf('photo');
    await client.call('sendPhoto', { chat_id: desk.id, photo: media, caption: 'old' });
    const same = { type: 'photo', media, caption: 'old' };
    expect(await errorOf(same)).toContain('Bad Request: message is not modified');
    expect(await errorOf({ ...same, caption: 'new' })).toBe('ok');
  });

  it.each<[object, string]>([
    [{ type: 'voice', media: 'x' }, "can't parse InputMedia: invalid media type specified"],
    [{ type: 'photo' }, "can't parse InputMedia: media not found"],
    [{ type: 'photo', media: 'http://10.0.0.1/a.jpg' }, 'wrong HTTP URL specified'],
    [{ type: 'photo', media: 'a.b', caption: 'x'.repeat(1_025) }, 'MEDIA_CAPTION_TOO_LONG'],
  ])('refuses %j: %s', async (media, reason) => {
    await client.call('sendPhoto', { chat_id: desk.id, photo: fileOf('photo') });
    const before = edited();
    expect(await errorOf(media)).toBe(`Bad Request: ${reason}`);
    expect(edited()).toEqual(before);
  });

  it.each(['voice', 'sticker'] as const)('finds nothing to replace in a %s', async (kind) => {
    await client.call(`send${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, {
      chat_id: desk.id,
      [kind]: fileOf(kind),
    });
    expect(await errorOf({ type: 'photo', media: fileOf('photo') })).toBe(
      "Bad Request: message media can't be edited",
    );
  });

  it('changes no file of others', async () => {
    desk.agent('Ann').sendPhoto();
    expect(await errorOf({ type: 'photo', media: fileOf('photo') })).toBe(
      "Bad Request: message media can't be edited",
    );
  });

  describe('in an album', () => {
    const url = 'https://example.com/a.bin';
    const send = (...types: string[]): Promise<unknown> =>
      client.call('sendMediaGroup', {
        chat_id: desk.id,
        media: types.map((type) => ({ type, media: url })),
      });

    it('puts a video in the place of a photo, which stays in the album', async () => {
      await send('photo', 'photo');
      const before = desk.messages[0];
      expect(await errorOf({ type: 'video', media: url })).toBe('ok');
      expect(mediaIn(desk.messages[0] ?? {})).toEqual(['video']);
      expect(desk.messages[0]?.media_group_id).toBe(before?.media_group_id);
    });

    it.each([
      ['photo', 'animation', "message content type can't be used in an album"],
      ['photo', 'document', "can't change media type in the album"],
      ['document', 'photo', "can't change media type in the album"],
      ['audio', 'document', "can't change media type in the album"],
      ['audio', 'audio', undefined],
      ['document', 'document', undefined],
    ])('in the place of %s takes %s as Telegram does', async (old, type, problem) => {
      await send(old, old);
      const expected = problem === undefined ? 'ok' : `Bad Request: ${problem}`;
      expect(await errorOf({ type, media: 'https://example.com/b.bin' })).toBe(expected);
    });
  });
});

/** The fields in which a message holds a file, or a text. */
function mediaIn(message: object): string[] {
  const fields = ['animation', 'audio', 'document', 'photo', 'text', 'video'];
  return fields.filter((name) => name in message);
}
