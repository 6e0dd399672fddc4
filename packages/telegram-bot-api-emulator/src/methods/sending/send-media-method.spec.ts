import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { createBlankJpeg } from '../../files/blank-image.js';
import { createSampleFile } from '../../files/sample-file.js';
import { VirtualClock } from '../../time/virtual-clock.js';

/** Every kind: its method, its parameter, and what the agent's file becomes. */
const KINDS = [
  ['sendAnimation', 'animation'],
  ['sendAudio', 'audio'],
  ['sendDocument', 'document'],
  ['sendPhoto', 'photo'],
  ['sendSticker', 'sticker'],
  ['sendVideo', 'video'],
  ['sendVideoNote', 'video_note'],
  ['sendVoice', 'voice'],
] as const;

const PHOTO = picture(640, 480);
const TEXT = new File(['hello'], 'Grüße.txt', { type: 'text/plain' });
const IDS = { file_id: expect.any(String), file_unique_id: expect.any(String) };

describe('SendMediaMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const upload = (
    method: string,
    fields: Record<string, string | number | File>,
  ): Promise<unknown> => client.upload(method, { chat_id: desk.id, ...fields });
  const send = (method: string, params: object): Promise<unknown> =>
    client.call(method, { chat_id: desk.id, ...params });

  it('answers with the message as it is kept', async () => {
    const answer = await upload('sendDocument', {
      document: TEXT,
      caption: ' *Hi* ',
      parse_mode: 'Markdown',
    });
    expect(answer).toEqual({
      ok: true,
      result: {
        message_id: 1,
        from: {
          id: telegram.bot.id,
          is_bot: true,
          first_name: 'Support Desk',
          username: 'support_desk_bot',
        },
        chat: { id: desk.id, title: 'Desk', type: 'group', all_members_are_administrators: true },
        date: 1_750_000_000,
        document: { file_name: 'Grüße.txt', mime_type: 'text/plain', ...IDS, file_size: 5 },
        caption: 'Hi',
        caption_entities: [{ type: 'bold', offset: 0, length: 2 }],
      },
    });
    expect([answer]).toEqual(desk.messages.map((result) => ({ ok: true, result })));
  });

  it.each<[string, Record<string, string | number>, object]>([
    [
      'sendAnimation',
      { width: 30, height: 20, duration: 9 },
      {
        animation: { width: 30, height: 20, duration: 9, file_size: 5 },
        document: { file_size: 5 },
      },
    ],
    [
      'sendAudio',
      { duration: 9, performer: 'P', title: 'T' },
      { audio: { duration: 9, performer: 'P', title: 'T', file_name: 'Grüße.txt' } },
    ],
    ['sendSticker', { emoji: '😀' }, { sticker: { type: 'regular', emoji: '😀', file_size: 5 } }],
    [
      'sendVideo',
      { width: 30, height: 20, duration: 9 },
      { video: { width: 30, height: 20, duration: 9, mime_type: 'text/plain' } },
    ],
    ['sendVideoNote', { length: 240, duration: 9 }, { video_note: { length: 240, duration: 9 } }],
    ['sendVoice', { duration: 9 }, { voice: { duration: 9, file_size: 5 } }],
  ])('%s takes what %j says of an upload', async (method, params, expected) => {
    const [, kind = ''] = KINDS.find(([name]) => name === method) ?? [];
    expect(await upload(method, { [kind]: TEXT, ...params })).toMatchObject({ result: expected });
    expect(desk.messages).toMatchObject([expected]);
  });

  it('makes several sizes of a photo, and keeps nothing else of it', async () => {
    const answer = await upload('sendPhoto', { photo: PHOTO, width: 7, height: 7 });
    expect(answer).toMatchObject({
      result: {
        photo: [
          { ...IDS, width: 90, height: 68 },
          { ...IDS, width: 320, height: 240 },
          { ...IDS, width: 640, height: 480, file_size: PHOTO.size },
        ],
      },
    });
    const [message] = desk.messages;
    expect(message?.photo).toHaveLength(3);
    expect(message).not.toHaveProperty('document');
  });

  it.each(KINDS)('%s sends again what an agent has sent', async (method, kind) => {
    const original = desk.agent('Ann').sendFile(kind, { durationSeconds: 9 });
    const file = kind === 'photo' ? original.photo?.at(-1) : original[kind];
    expect(await send(method, { [kind]: file?.file_id })).toMatchObject({
      ok: true,
      result: { [kind]: original[kind] },
    });
  });

  it('sends all of a photo whichever of its sizes is named', async () => {
    const { photo = [] } = desk.agent('Ann').sendPhoto();
    expect(await send('sendPhoto', { photo: photo[0]?.file_id })).toMatchObject({
      result: { photo },
    });
  });

  it.each(KINDS)('%s takes a file from the web, whose content nobody has', async (method, kind) => {
    const answer = await send(method, { [kind]: 'https://example.com/a/b%20c.bin?d=e.f#g' });
    expect(answer).toMatchObject({ ok: true, result: { [kind]: expect.anything() } });
    const [message] = desk.messages;
    const file = kind === 'photo' ? message?.photo?.at(-1) : message?.[kind];
    expect(file).toMatchObject({ ...IDS, file_size: 0 });
  });

  it('names a file from the web by its path', async () => {
    const answers = [
      await send('sendDocument', { document: 'https://example.com/a/b%20c.bin?d=e.f#g' }),
      await send('sendDocument', { document: 'http://example.com/100%.txt' }),
      await send('sendDocument', { document: 'example.com' }),
    ];
    expect(
      answers.map((answer) => JSON.stringify(answer).match(/"file_name":"([^"]*)"/)?.[1]),
    ).toEqual(['b c.bin', '100%.txt', undefined]);
  });

  it('takes a photo from the web for one of a usual size', async () => {
    await send('sendPhoto', { photo: 'https://example.com/a.jpg' });
    const sizes = desk.messages[0]?.photo?.map(({ width, height }) => `${width}x${height}`);
    expect(sizes).toEqual(['90x68', '320x240', '800x600']);
  });

  it.each(KINDS)('%s takes a part that its parameter names', async (method, kind) => {
    const file = kind === 'photo' ? PHOTO : TEXT;
    expect(await upload(method, { [kind]: 'attach://part', part: file })).toMatchObject({
      ok: true,
      result: { [kind]: expect.anything() },
    });
    expect(telegram.calls).toMatchObject([{ files: { part: file.name } }]);
  });

  it.each(KINDS)('%s refuses a call without a file', async (method, kind) => {
    const description = `Bad Request: there is no ${kind.replace('_', ' ')} in the request`;
    expect(await client.errorOf(method, { chat_id: desk.id })).toBe(description);
    expect(await upload(method, { [kind]: 'attach://part' })).toMatchObject({ description });
    expect(desk.messages).toEqual([]);
  });

  it.each<[string, string, Record<string, string | File>]>([
    ['sendDocument', 'file must be non-empty', { document: new File([], 'a') }],
    ['sendPhoto', 'IMAGE_PROCESS_FAILED', { photo: TEXT }],
    ['sendPhoto', 'PHOTO_INVALID_DIMENSIONS', { photo: picture(9_000, 1_001) }],
    ['sendPhoto', 'PHOTO_INVALID_DIMENSIONS', { photo: picture(211, 10) }],
    [
      'sendPhoto',
      'file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
      { photo: new File([Buffer.alloc((10 << 20) + 1)], 'a') },
    ],
    [
      'sendDocument',
      "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
      { document: 'AAAA' },
    ],
    ['sendDocument', 'wrong HTTP URL specified', { document: 'http://127.0.0.1/a.txt' }],
    ['sendDocument', 'wrong HTTP URL specified', { document: 'ftp://example.com/a.txt' }],
  ])('%s refuses a file: %s', async (method, reason, fields) => {
    expect(await upload(method, fields)).toMatchObject({
      error_code: 400,
      description: `Bad Request: ${reason}`,
    });
    expect(desk.messages).toEqual([]);
  });

  it.each([
    [8_999, 1_001],
    [200, 10],
    [10, 200],
    [1, 1],
  ])('takes a photo of %i x %i', async (width, height) => {
    expect(await upload('sendPhoto', { photo: picture(width, height) })).toMatchObject({
      ok: true,
      result: { photo: expect.any(Array) },
    });
  });

  it('refuses a file for another kind than its own', async () => {
    const { voice } = desk.agent('Ann').sendFile('voice');
    expect(
      await client.errorOf('sendVideoNote', { chat_id: desk.id, video_note: voice?.file_id }),
    ).toBe("Bad Request: can't use file of type VoiceNote as VideoNote");
  });

  it('refuses the file id of another bot, and has one of its own in every answer', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ bots: [{}, { username: 'other_bot' }] });
    desk = telegram.createGroup({ title: 'Desk' });
    const [, other = telegram.bot] = telegram.bots;
    desk.setBotStatus('administrator', other);
    client = new WireClient(telegram, other);

    const { document } = desk.agent('Ann').sendFile('document');
    expect(
      await client.errorOf('sendDocument', { chat_id: desk.id, document: document?.file_id }),
    ).toBe('Bad Request: wrong file identifier/HTTP URL specified');
    const answer = JSON.stringify(await upload('sendDocument', { document: TEXT }));
    const fileId = /"file_id":"([^"]*)"/.exec(answer)?.[1];
    expect(await client.errorOf('sendDocument', { chat_id: desk.id, document: fileId })).toBe('ok');
    const first = new WireClient(telegram);
    expect(await first.errorOf('getFile', { file_id: fileId })).toContain('Bad Request');
  });

  it('keeps the thumbnail of an upload, if it is a small picture', async () => {
    const large = new File([Buffer.alloc(200_001)], 'a');
    const thumbnails = [picture(320, 200), picture(321, 200), TEXT, large];
    for (const small of thumbnails) {
      await upload('sendDocument', { document: TEXT, thumbnail: 'attach://small', small });
    }
    expect(desk.messages.map(({ document }) => document?.thumbnail)).toEqual([
      { ...IDS, file_size: thumbnails[0]?.size, width: 320, height: 200 },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['static', 'webp'],
    ['animated', 'tgs'],
    ['video', 'webm'],
  ] as const)('sees that an uploaded sticker is %s', async (stickerFormat, extension) => {
    const bytes = createSampleFile('sticker', { width: 512, height: 512, stickerFormat });
    const sticker = new File([Buffer.from(bytes)], `a.${extension}`);
    expect(await upload('sendSticker', { sticker })).toMatchObject({
      result: {
        sticker: { is_animated: stickerFormat === 'animated', is_video: stickerFormat === 'video' },
      },
    });
  });

  describe('sendLivePhoto', () => {
    const video = new File([createSampleFile('live_photo', { width: 0, height: 0 })], 'a.mp4');

    it('takes a video with the photo that it is while it stands still', async () => {
      const fields = { live_photo: video, photo: PHOTO, width: 640, height: 480, duration: 2 };
      expect(await upload('sendLivePhoto', { ...fields, caption: 'Look' })).toMatchObject({
        result: {
          live_photo: { width: 640, height: 480, duration: 2, photo: { length: 3 } },
          photo: { length: 3 },
          caption: 'Look',
        },
      });
    });

    it.each([
      ['no live photo', { photo: PHOTO }, 'there is no live photo in the request'],
      ['no photo', { live_photo: video }, 'there is no photo in the request'],
      ['a photo that is none', { live_photo: video, photo: TEXT }, 'IMAGE_PROCESS_FAILED'],
      [
        'a photo from the web',
        { live_photo: video, photo: 'https://example.com/a.jpg' },
        'wrong file identifier/HTTP URL specified',
      ],
      [
        'a video from the web',
        { live_photo: 'https://example.com/a.mp4', photo: PHOTO },
        'wrong file identifier/HTTP URL specified',
      ],
    ])('refuses %s', async (_what, fields, reason) => {
      expect(await upload('sendLivePhoto', fields)).toMatchObject({
        description: `Bad Request: ${reason}`,
      });
    });

    it('sends again what an agent has sent', async () => {
      const { live_photo: sent, photo = [] } = desk.agent('Ann').sendFile('live_photo');
      const ids = { live_photo: sent?.file_id, photo: photo.at(-1)?.file_id };
      expect(await send('sendLivePhoto', ids)).toMatchObject({ result: { live_photo: sent } });
    });
  });

  it('lets a caption be 1,024 characters long, and only where there is one', async () => {
    const document = desk.agent('Ann').sendFile('document').document?.file_id;
    const sticker = desk.agent('Ann').sendFile('sticker').sticker?.file_id;
    expect(await send('sendDocument', { document, caption: '😀'.repeat(1_024) })).toMatchObject({
      result: { caption: '😀'.repeat(1_024) },
    });
    expect(await send('sendDocument', { document, caption: 'x'.repeat(1_025) })).toMatchObject({
      description: 'Bad Request: message caption is too long',
    });
    await send('sendSticker', { sticker, caption: '<b>', parse_mode: 'HTML' });
    expect(desk.messages.at(-1)).not.toHaveProperty('caption');
  });

  it('keeps what the call says beside the file', async () => {
    const question = desk.agent('Ann').write('Help');
    const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };
    const photo = desk.agent('Ann').sendPhoto().photo?.[0]?.file_id;
    await send('sendPhoto', {
      photo,
      has_spoiler: true,
      show_caption_above_media: true,
      protect_content: true,
      reply_parameters: { message_id: question.message_id },
      reply_markup,
    });
    expect(desk.messages.at(-1)).toMatchObject({
      has_media_spoiler: true,
      show_caption_above_media: true,
      has_protected_content: true,
      reply_to_message: { message_id: question.message_id },
      reply_markup,
    });
  });

  it.each([
    ['sendPhoto', 'photo', 'can_send_photos', 'photos'],
    ['sendVideoNote', 'video_note', 'can_send_video_notes', 'video notes'],
    ['sendSticker', 'sticker', 'can_send_other_messages', 'stickers'],
  ] as const)('%s needs a right of its own', async (method, kind, right, noun) => {
    desk.setBotStatus('member');
    const original = desk.agent('Ann').sendFile(kind);
    const file = kind === 'photo' ? original.photo?.[0] : original[kind];
    desk.setPermissions({ [right]: false });
    const params = { chat_id: desk.id, [kind]: file?.file_id };
    expect(await client.errorOf(method, params)).toBe(
      `Bad Request: not enough rights to send ${noun} to the chat`,
    );
    expect(await client.errorOf('sendMessage', { chat_id: desk.id, text: 'hi' })).toBe('ok');
    desk.setBotStatus('administrator');
    expect(await client.errorOf(method, params)).toBe('ok');
  });
});

function picture(width: number, height: number): File {
  return new File([createBlankJpeg(width, height)], 'a.jpg', { type: 'image/jpeg' });
}
