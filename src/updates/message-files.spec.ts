import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { messageFiles } from './message-files.js';

/** The files of a message that may come from anywhere. */
function filesOf(content: object) {
  const chat = { id: -1, type: 'supergroup', title: 'S' };
  const message: Message = JSON.parse(JSON.stringify({ message_id: 7, date: 1, chat, ...content }));
  return messageFiles(message);
}

const file = { file_id: 'f', file_unique_id: 'u' };
const sizes = [
  { ...file, file_id: 'small', width: 90, height: 60, file_size: 1 },
  { ...file, file_id: 'large', width: 900, height: 600, file_size: 100 },
  { ...file, file_id: 'middle', width: 300, height: 200, file_size: 10 },
];
const large = { fileId: 'large', size: 100, width: 900, height: 600 };
const name = { file_name: '../a\nb\u202e.mp4' };
const clip = { ...file, mime_type: 'video/mp4', width: 4, height: 3, duration: 2, file_size: 5 };
const facts = { fileId: 'f', contentType: 'video/mp4', size: 5, width: 4, height: 3 };

describe('messageFiles', () => {
  it.each<[string, object, object[]]>([
    ['no file', { text: 'Hi' }, []],
    [
      'the largest size of a photo',
      { photo: sizes },
      [{ kind: 'photo', ...large, contentType: 'image/jpeg', text: '[photo]' }],
    ],
    [
      'a live photo once, with its still',
      { live_photo: { ...clip, photo: sizes }, photo: sizes },
      [{ kind: 'live_photo', ...facts, durationMs: 2_000, text: '[live photo]', thumbnail: large }],
    ],
    [
      'an animation, which is a document, too, once',
      { animation: { ...clip, ...name }, document: { ...file, ...name } },
      [
        {
          kind: 'animation',
          ...facts,
          name: '.._a b.mp4',
          durationMs: 2_000,
          text: '[animation]',
        },
      ],
    ],
    [
      'a video with its thumbnail',
      { video: { ...clip, thumbnail: sizes[1] } },
      [{ kind: 'video', ...facts, durationMs: 2_000, text: '[video, 2 s]', thumbnail: large }],
    ],
    [
      'a video note, which is a square',
      { video_note: { ...file, length: 240, duration: 9 } },
      [
        {
          kind: 'video_note',
          fileId: 'f',
          contentType: 'video/mp4',
          width: 240,
          height: 240,
          durationMs: 9_000,
          text: '[video message, 9 s]',
        },
      ],
    ],
    [
      'an animated sticker',
      {
        sticker: { ...file, is_animated: true, is_video: false, emoji: '👋', thumbnail: sizes[1] },
      },
      [
        {
          kind: 'sticker',
          fileId: 'f',
          contentType: 'application/x-tgsticker',
          text: '👋',
          thumbnail: large,
        },
      ],
    ],
    [
      'what paid media shows',
      {
        paid_media: {
          star_count: 1,
          paid_media: [{ type: 'preview' }, { type: 'photo', photo: sizes }],
        },
      },
      [{ kind: 'photo', ...large, contentType: 'image/jpeg', text: '[photo]' }],
    ],
  ])('finds %s', (_name, content, files) => {
    expect(filesOf(content)).toEqual(files);
  });

  // What Telegram writes otherwise than it says must not make the reply fail.
  it.each<[object, object[]]>([
    [{ photo: 5 }, []],
    [{ photo: [null, 'x', { file_id: 7 }] }, []],
    [{ document: { file_id: '' } }, []],
    [{ document: [file] }, []],
    [{ paid_media: { paid_media: [null, 7, { photo: {} }] } }, []],
    [
      { sticker: { ...file, thumbnail: 'x' } },
      [{ kind: 'sticker', fileId: 'f', contentType: 'image/webp', text: '[sticker]' }],
    ],
    [
      {
        document: {
          ...file,
          file_name: {},
          mime_type: 'text/html\r\nX: y',
          file_size: -1,
          width: '5',
          duration: 1e300,
        },
      },
      [{ kind: 'document', fileId: 'f', text: '[document]' }],
    ],
  ])('finds in %j what can be found', (content, files) => {
    expect(filesOf(content)).toEqual(files);
  });
});
