import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ReferenceAnswer,
  ReferenceDesk,
  type ReferenceRow,
  refused,
} from '../support/reference-desk.js';
import { createBlankJpeg } from '../../src/files/blank-image.js';

/*
 * Facts about the Bot API's own server: media and files. Sources are files of
 * tdlib/telegram-bot-api; where none is named, the text was seen on the wire. Nothing is fetched
 * from the web, so of a URL only its form can be wrong.
 */

const WIRE = 'on the wire';
const PHOTO = 'https://example.com/a.jpg';
const photo = (media: string = PHOTO): object => ({ type: 'photo', media });
/** Ends as file ids do, but no file has it. */
const UNKNOWN_ID = Buffer.from('nothing\u0004').toString('base64url');

const NO_MESSAGES = refused(400, 'Bad Request: there are no messages to send');

function album({ group }: ReferenceDesk, media: unknown): [string, object] {
  return ['sendMediaGroup', { chat_id: group.id, media }];
}

const REFUSALS: ReferenceRow[] = [
  [
    'an id of no file',
    WIRE,
    ({ group }) => ['sendPhoto', { chat_id: group.id, photo: UNKNOWN_ID }],
    refused(400, 'Bad Request: wrong file identifier/HTTP URL specified'),
  ],
  [
    'an id that ends wrongly',
    WIRE,
    ({ group }) => [
      'sendPhoto',
      { chat_id: group.id, photo: Buffer.from('nothing').toString('base64url') },
    ],
    refused(
      400,
      "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
    ),
  ],
  [
    'an id with left-over bits',
    WIRE,
    ({ group }) => ['sendPhoto', { chat_id: group.id, photo: 'AB' }],
    refused(
      400,
      'Bad Request: wrong remote file identifier specified: Wrong padding in the string',
    ),
  ],
  [
    'a photo as a document',
    WIRE,
    ({ group }) => {
      const sizes = group.agent('Bob').sendPhoto().photo ?? [];
      return ['sendDocument', { chat_id: group.id, document: sizes.at(-1)?.file_id }];
    },
    refused(400, "Bad Request: can't use file of type Photo as Document"),
  ],
  [
    'a URL of this machine',
    WIRE,
    ({ group }) => ['sendPhoto', { chat_id: group.id, photo: 'http://127.0.0.1/a.jpg' }],
    refused(400, 'Bad Request: wrong HTTP URL specified'),
  ],
  ['an album without media', WIRE, (desk) => album(desk, undefined), NO_MESSAGES],
  ['an album of nothing', WIRE, (desk) => album(desk, []), NO_MESSAGES],
  [
    'an album of 11',
    WIRE,
    (desk) =>
      album(
        desk,
        Array.from({ length: 11 }, () => photo()),
      ),
    refused(400, 'Bad Request: too many messages to send as an album'),
  ],
  [
    'an album with an item without a file',
    WIRE,
    (desk) => album(desk, [photo(), { type: 'photo' }]),
    refused(400, "Bad Request: can't parse InputMedia: media not found"),
  ],
  [
    'an album with an item whose part is missing',
    WIRE,
    (desk) => album(desk, [photo('attach://nowhere')]),
    refused(400, "Bad Request: can't parse InputMedia: media not found"),
  ],
  [
    'an album of a document and a photo',
    WIRE,
    (desk) => album(desk, [photo(), { type: 'document', media: 'https://example.com/a.pdf' }]),
    refused(400, "Bad Request: document can't be mixed with other media types"),
  ],
  [
    'an album of audio and a photo',
    WIRE,
    (desk) => album(desk, [photo(), { type: 'audio', media: 'https://example.com/a.mp3' }]),
    refused(400, "Bad Request: audio can't be mixed with other media types"),
  ],
  [
    'an album for the sake of one item',
    'Client.cpp:12597',
    (desk) => album(desk, [photo(), photo(UNKNOWN_ID), photo()]),
    refused(
      400,
      'Bad Request: failed to send message #2 with the error message "wrong file identifier/HTTP URL specified"',
    ),
  ],
  [
    'getFile without a file',
    'Client.cpp, check_remote_file_id',
    () => ['getFile', {}],
    refused(400, 'Bad Request: file_id not specified'),
  ],
  [
    'getFile of what is no id',
    WIRE,
    () => ['getFile', { file_id: 'AB' }],
    refused(400, 'Bad Request: invalid file_id'),
  ],
  [
    'getFile of an id of no file',
    WIRE,
    () => ['getFile', { file_id: UNKNOWN_ID }],
    refused(400, 'Bad Request: wrong file_id or the file is temporarily unavailable'),
  ],
  [
    'getFile of more than 20 MiB',
    'Client.cpp, do_get_file',
    ({ group }) => {
      const { document } = group.agent('Bob').sendFile('document', { size: (20 << 20) + 1 });
      return ['getFile', { file_id: document?.file_id }];
    },
    refused(400, 'Bad Request: file is too big'),
  ],
];

describe('Media and files', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  function uploadPhoto(bytes: Uint8Array): Promise<ReferenceAnswer> {
    const file = new File([Buffer.from(bytes)], 'a.jpg', { type: 'image/jpeg' });
    return desk.upload('sendPhoto', { chat_id: desk.group.id, photo: file });
  }

  it.each([
    ['sendPhoto', 'photo'],
    ['sendDocument', 'document'],
    ['sendVideo', 'video'],
    ['sendLivePhoto', 'live photo'],
    ['sendAnimation', 'animation'],
    ['sendAudio', 'audio'],
    ['sendVoice', 'voice'],
    ['sendVideoNote', 'video note'],
    ['sendSticker', 'sticker'],
  ])('misses in %s the %s, before all else', async (method, noun) => {
    expect(await desk.call(method)).toEqual(
      refused(400, `Bad Request: there is no ${noun} in the request`),
    );
  });

  it.each(REFUSALS)('refuses %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  describe('uploads', () => {
    it.each<[what: string, bytes: () => Uint8Array, description: string]>([
      ['a file of nothing', () => new Uint8Array(), 'file must be non-empty'],
      ['what is no picture', () => Buffer.from('no picture'), 'IMAGE_PROCESS_FAILED'],
      [
        'a photo of more than 10 MiB',
        () => new Uint8Array((10 << 20) + 1),
        'file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
      ],
      [
        'a photo whose sides are more than 10000 together',
        () => createBlankJpeg(9_000, 1_001),
        'PHOTO_INVALID_DIMENSIONS',
      ],
      [
        'a photo whose longer side is more than 20 times the other',
        () => createBlankJpeg(2_101, 100),
        'PHOTO_INVALID_DIMENSIONS',
      ],
    ])('may not be %s', async (_what, bytes, description) => {
      expect(await uploadPhoto(bytes())).toEqual(refused(400, `Bad Request: ${description}`));
    });

    it('may be photos up to these limits', async () => {
      const wide = createBlankJpeg(2_000, 100);
      expect(await uploadPhoto(wide)).toMatchObject({ status: 200 });
      expect(await uploadPhoto(createBlankJpeg(9_000, 1_000))).toMatchObject({ status: 200 });
      const heavy = Buffer.concat([wide, Buffer.alloc((10 << 20) - wide.length)]);
      expect(await uploadPhoto(heavy)).toMatchObject({ status: 200 });
    });
  });

  it('takes an album of one, and up to ten', async () => {
    for (const length of [1, 10]) {
      const media = Array.from({ length }, () => photo());
      expect(await desk.result(...album(desk, media))).toHaveLength(length);
    }
  });

  it.each(['{', JSON.stringify({ inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] })])(
    'does not look at the reply_markup %j of an album (Client.cpp, process_send_media_group_query)',
    async (reply_markup) => {
      const [method, params] = album(desk, [photo(), photo()]);
      await desk.result(method, { ...params, reply_markup });
      expect(desk.group.messages.filter((message) => 'reply_markup' in message)).toEqual([]);
    },
  );

  it('has a file of 20 MiB at the path of getFile, for an hour at least (Client.cpp, do_get_file)', async () => {
    const bytes = Buffer.from('content');
    const { document } = desk.group.agent('Bob').sendFile('document', { bytes, size: 20 << 20 });
    const file = await desk.result('getFile', { file_id: document?.file_id });
    expect(file).toEqual({
      file_id: document?.file_id,
      file_unique_id: document?.file_unique_id,
      file_size: 20 << 20,
      file_path: 'documents/file_0.txt',
    });
    desk.clock.advance(60 * 60 * 1000);
    const { token } = desk.telegram.bot;
    const url = `${desk.telegram.apiRoot}/file/bot${token}/documents/file_0.txt`;
    const content = await (await fetch(url)).text();
    expect(content).toHaveLength(20 << 20);
    expect(content.slice(0, 7)).toBe('content');
    desk.clock.advance(1);
    expect((await fetch(url)).status).toBe(404);
    await desk.result('getFile', { file_id: document?.file_id });
    expect((await fetch(url)).status).toBe(200);
  });
});
