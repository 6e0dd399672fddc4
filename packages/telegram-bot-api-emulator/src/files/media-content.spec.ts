import { describe, expect, it } from 'vitest';
import { FileStore } from './file-store.js';
import { createMediaContent } from './media-content.js';
import type { NewFile } from './stored-file.js';

const ALL = {
  bytes: new Uint8Array([1, 2]),
  fileName: 'a.bin',
  mimeType: 'video/mp4',
  width: 30,
  height: 20,
  durationSeconds: 9,
  performer: 'P',
  title: 'T',
  emoji: '😀',
} satisfies Partial<NewFile>;

const NAMED = { file_name: 'a.bin', mime_type: 'video/mp4' };
const SIZED = { width: 30, height: 20 };

describe('createMediaContent', () => {
  it.each<[NewFile['kind'], Record<string, object>]>([
    ['animation', { animation: { ...NAMED, ...SIZED, duration: 9 }, document: NAMED }],
    ['audio', { audio: { ...NAMED, duration: 9, performer: 'P', title: 'T' } }],
    ['document', { document: NAMED }],
    [
      'sticker',
      { sticker: { ...SIZED, type: 'regular', is_animated: false, is_video: false, emoji: '😀' } },
    ],
    ['video', { video: { ...NAMED, ...SIZED, duration: 9 } }],
    ['video_note', { video_note: { duration: 9, length: 30 } }],
    ['voice', { voice: { duration: 9, mime_type: 'video/mp4' } }],
  ])('describes a %s with the fields that Telegram has', (kind, fields) => {
    const store = new FileStore(7);
    const file = store.add({ ...ALL, kind });
    const base = {
      file_id: store.idOf(file),
      file_unique_id: store.uniqueIdOf(file),
      file_size: 2,
    };
    const expected = Object.entries(fields).map(([name, said]) => [name, { ...said, ...base }]);
    expect(createMediaContent(store, file)).toEqual(Object.fromEntries(expected));
  });

  it('lists all sizes of a photo, the smallest first', () => {
    const store = new FileStore(7);
    const photo = store.add({ ...ALL, kind: 'photo', width: 320, height: 240 });
    const expected = (photo.sizes ?? []).map((size) => ({
      file_id: store.idOf(size),
      file_unique_id: store.uniqueIdOf(size),
      file_size: 2,
      width: size.width,
      height: size.height,
    }));
    expect(expected).toHaveLength(2);
    expect(createMediaContent(store, photo)).toEqual({ photo: expected });
  });

  it.each([
    ['document', 'document'],
    ['audio', 'audio'],
    ['voice', 'voice'],
    ['sticker', 'sticker'],
  ] as const)('leaves out of a %s what nobody has said', (kind, field) => {
    const store = new FileStore(7);
    const content = createMediaContent(store, store.add({ kind, bytes: new Uint8Array([1]) }));
    for (const name of ['file_name', 'mime_type', 'title', 'performer', 'emoji']) {
      expect(content[field]).not.toHaveProperty(name);
    }
  });
});
