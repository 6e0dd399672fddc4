import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import type { AgentFile } from './agent-file.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from './emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { createBlankJpeg } from '../files/blank-image.js';
import type { FileKind } from '../files/stored-file.js';
import { VirtualClock } from '../time/virtual-clock.js';

/** What stands in every description of a file. */
const FILE = {
  file_id: expect.any(String),
  file_unique_id: expect.any(String),
  file_size: expect.any(Number),
};

describe('Files of agents', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;
  let desk: EmulatedChat;
  let ann: EmulatedAgent;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    ann = desk.agent('Ann');
  });

  afterEach(() => telegram.stop());

  /** What the bot gets when it follows a file id. */
  async function download(fileId: string): Promise<{ path: string; bytes: Uint8Array }> {
    const answer = await bot.call('getFile', { file_id: fileId });
    const path = /"file_path":"([^"]*)"/.exec(JSON.stringify(answer))?.[1] ?? 'nowhere';
    const url = `${telegram.apiRoot}/file/bot${telegram.bot.token}/${path}`;
    const response = await fetch(url);
    return { path, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  it.each<[FileKind, object]>([
    [
      'animation',
      {
        animation: {
          ...FILE,
          file_name: 'animation.mp4',
          mime_type: 'video/mp4',
          duration: 1,
          width: 320,
          height: 240,
        },
        document: { ...FILE, file_name: 'animation.mp4', mime_type: 'video/mp4' },
      },
    ],
    ['audio', { audio: { ...FILE, file_name: 'audio.mp3', mime_type: 'audio/mpeg', duration: 1 } }],
    ['document', { document: { ...FILE, file_name: 'document.txt', mime_type: 'text/plain' } }],
    [
      'live_photo',
      {
        live_photo: {
          ...FILE,
          mime_type: 'video/mp4',
          duration: 1,
          width: 1280,
          height: 960,
          photo: expect.arrayContaining([{ ...FILE, width: 1280, height: 960 }]),
        },
        photo: expect.arrayContaining([{ ...FILE, width: 90, height: 68 }]),
      },
    ],
    [
      'photo',
      {
        photo: [
          { ...FILE, width: 90, height: 68 },
          { ...FILE, width: 320, height: 240 },
          { ...FILE, width: 800, height: 600 },
          { ...FILE, width: 1280, height: 960 },
        ],
      },
    ],
    [
      'sticker',
      {
        sticker: {
          ...FILE,
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
        },
      },
    ],
    [
      'video',
      {
        video: {
          ...FILE,
          file_name: 'video.mp4',
          mime_type: 'video/mp4',
          duration: 1,
          width: 640,
          height: 480,
        },
      },
    ],
    ['video_note', { video_note: { ...FILE, duration: 1, length: 240 } }],
    ['voice', { voice: { ...FILE, mime_type: 'audio/ogg', duration: 1 } }],
  ])('are what their kind says: %s', async (kind, content) => {
    const message = ann.sendFile(kind);
    expect(await bot.updates()).toEqual([{ update_id: expect.any(Number), message }]);
    expect(message).toEqual({
      message_id: 1,
      from: ann.user,
      chat: { id: desk.id, title: 'Desk', type: 'supergroup' },
      date: 1_750_000_000,
      ...content,
    });
  });

  it.each<[FileKind, AgentFile, object]>([
    [
      'document',
      { fileName: 'bill.pdf', mimeType: 'application/pdf', size: 99 },
      { document: { file_name: 'bill.pdf', mime_type: 'application/pdf', file_size: 99 } },
    ],
    ['audio', { durationSeconds: 240 }, { audio: { duration: 240 } }],
    [
      'sticker',
      { emoji: '👍', width: 100, height: 90 },
      { sticker: { emoji: '👍', width: 100, height: 90 } },
    ],
    ['video_note', { width: 384, height: 384 }, { video_note: { length: 384 } }],
  ])('are what the test says of a %s', (kind, file, content) => {
    expect(ann.sendFile(kind, file)).toMatchObject(content);
  });

  it('have as many sizes as a photo needs, measured in its bytes', () => {
    const { photo } = ann.sendPhoto({ bytes: createBlankJpeg(400, 200) });
    expect(photo?.map(({ width, height }) => [width, height])).toEqual([
      [90, 45],
      [320, 160],
      [400, 200],
    ]);
    expect(new Set(photo?.map(({ file_unique_id }) => file_unique_id)).size).toBe(3);
  });

  it('can be downloaded', async () => {
    const bytes = Uint8Array.from([1, 2, 3, 255]);
    const { document } = ann.sendFile('document', { bytes, fileName: 'Data.BIN' });
    const file = await download(document?.file_id ?? '');
    expect(file.path).toMatch(/^documents\/file_\d+\.bin$/);
    expect(file.bytes).toEqual(bytes);
    expect(document?.file_size).toBe(4);
  });

  it('are pictures where a photo is made up', async () => {
    const { photo } = ann.sendPhoto({ width: 10, height: 30 });
    const { bytes } = await download(photo?.at(-1)?.file_id ?? '');
    expect(bytes).toEqual(new Uint8Array(createBlankJpeg(10, 30)));
  });

  it.each<[FileKind, AgentFile, string]>([
    ['animation', {}, '....ftypisom'],
    ['audio', {}, 'ID3'],
    ['live_photo', {}, '....ftypisom'],
    ['photo', {}, '\u00ff\u00d8\u00ff'],
    ['sticker', {}, 'RIFF....WEBPVP8L'],
    ['sticker', { stickerFormat: 'animated' }, '\u001f\u008b'],
    ['sticker', { stickerFormat: 'video' }, '\u001a\u0045\u00df\u00a3'],
    ['video', {}, '....ftypisom'],
    ['video_note', {}, '....ftypisom'],
    ['voice', {}, 'OggS.*OpusHead'],
  ])('begin as real ones do where they are made up: %s %j', async (kind, file, beginning) => {
    const message = ann.sendFile(kind, file);
    const found = kind === 'photo' ? message.photo?.at(-1) : message[kind];
    const { bytes } = await download(found?.file_id ?? '');
    expect(Buffer.from(bytes).toString('latin1')).toMatch(new RegExp(`^${beginning}`, 's'));
  });

  it.each([
    ['static', 'webp', { is_animated: false, is_video: false }],
    ['animated', 'tgs', { is_animated: true, is_video: false }],
    ['video', 'webm', { is_animated: false, is_video: true }],
  ] as const)('are stickers of every format: %s', async (stickerFormat, extension, flags) => {
    const { sticker } = ann.sendFile('sticker', { stickerFormat });
    expect(sticker).toMatchObject(flags);
    const { path } = await download(sticker?.file_id ?? '');
    expect(path).toMatch(new RegExp(`^stickers/file_\\d+\\.${extension}$`));
    expect(sticker?.thumbnail !== undefined).toBe(stickerFormat !== 'static');
  });

  it.each(['animation', 'audio', 'document', 'sticker', 'video', 'video_note'] as const)(
    'have the thumbnail that the test says: %s',
    async (kind) => {
      const thumbnail = createBlankJpeg(40, 30);
      const small = ann.sendFile(kind, { thumbnail })[kind]?.thumbnail;
      expect(small).toMatchObject({ width: 40, height: 30, file_size: thumbnail.length });
      const { path, bytes } = await download(small?.file_id ?? '');
      expect(path).toMatch(/^thumbnails\/file_\d+\.jpg$/);
      expect(Buffer.from(bytes).equals(thumbnail)).toBe(true);
    },
  );

  it('may be too large to be downloaded without being held', async () => {
    const { video } = ann.sendFile('video', { size: (20 << 20) + 1 });
    expect(video?.file_size).toBe((20 << 20) + 1);
    expect(await bot.call('getFile', { file_id: video?.file_id })).toMatchObject({
      description: 'Bad Request: file is too big',
    });
  });

  it('have captions with entities, go to topics and reply', () => {
    const forum = telegram.createForum({ title: 'Forum' });
    const bob = forum.agent('Bob');
    const { id } = bob.createTopic('Parcels');
    const first = bob.write('first', { message_thread_id: id });
    expect(bob.sendPhoto({ caption: 'see #one', replyTo: first })).toMatchObject({
      caption: 'see #one',
      caption_entities: [{ type: 'hashtag', offset: 4, length: 4 }],
      message_thread_id: id,
      reply_to_message: { text: 'first' },
    });
    const extra = { message_thread_id: id, has_media_spoiler: true } as const;
    expect(bob.sendFile('video', { extra })).toMatchObject({
      ...extra,
      is_topic_message: true,
      reply_to_message: { message_id: id },
    });
  });

  it.each(['sticker', 'video_note'] as const)('have no caption: %s', (kind) => {
    expect(() => ann.sendFile(kind, { caption: 'x' })).toThrow(`A ${kind} has no caption`);
    expect(desk.messages).toEqual([]);
  });

  describe('in an album', () => {
    it('are messages of their own with one id, the caption on the first', async () => {
      const album = ann.sendAlbum([{}, { kind: 'video' }, {}], { caption: 'the damage' });
      const updates = await bot.updates();
      expect(updates.map(({ message }) => message)).toEqual(album);
      expect(album.map(({ message_id }) => message_id)).toEqual([1, 2, 3]);
      expect(album.map(({ caption }) => caption)).toEqual(['the damage', undefined, undefined]);
      expect(album.map((message) => 'photo' in message)).toEqual([true, false, true]);
      const [groupId, ...others] = album.map(({ media_group_id }) => media_group_id);
      expect(groupId).toMatch(/^\d{17}$/);
      expect(others).toEqual([groupId, groupId]);
    });

    it('have their own captions where the test says so', () => {
      const [first, second] = ann.sendAlbum([{ caption: 'one' }, { caption: 'two' }], {
        caption: 'of none',
      });
      expect([first?.caption, second?.caption]).toEqual(['one', 'two']);
    });

    it('reply, all of them, and go to one topic', () => {
      const replied = ann.write('Show me');
      const quoted = { reply_to_message: { text: 'Show me' } };
      expect(ann.sendAlbum([{}, {}], { replyTo: replied })).toMatchObject([quoted, quoted]);
      const forum = telegram.createForum({ title: 'Forum' });
      const { id } = forum.agent('Ann').createTopic('Parcels');
      forum.agent('Ann').sendAlbum([{}, {}], { extra: { message_thread_id: id } });
      expect(forum.topics[0]?.messages).toHaveLength(3);
    });

    it('are apart from those of other albums, also of bots', async () => {
      ann.sendAlbum([{}, {}]);
      ann.sendAlbum([{}, {}]);
      const media = ann.sendAlbum([{}, {}]).map(({ photo }) => ({
        type: 'photo',
        media: photo?.at(-1)?.file_id,
      }));
      expect(await bot.call('sendMediaGroup', { chat_id: desk.id, media })).toMatchObject({
        ok: true,
      });
      const ids = desk.messages.map(({ media_group_id }) => media_group_id);
      expect(ids).toHaveLength(8);
      expect(new Set(ids).size).toBe(4);
    });
  });
});
