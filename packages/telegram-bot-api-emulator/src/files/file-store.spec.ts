import { describe, expect, it } from 'vitest';
import { TextError } from '../text/text.error.js';
import { encodeFileId } from './file-id-codec.js';
import { FileStore } from './file-store.js';
import type { FileKind, NewFile, StoredFile } from './stored-file.js';

const FIRST_BOT = 7;
const OTHER_BOT = 8;
const BYTES = new Uint8Array([1, 2, 3]);

describe('FileStore', () => {
  describe('sizes of a photo', () => {
    it.each([
      [50, 40, '50x40'],
      [90, 90, '90x90'],
      [91, 20, '90x20 91x20'],
      [320, 240, '90x68 320x240'],
      [600, 800, '68x90 240x320 600x800'],
      [1280, 960, '90x68 320x240 800x600 1280x960'],
      [3000, 4000, '68x90 240x320 600x800 960x1280'],
      [2000, 100, '90x5 320x16 800x40 1280x64'],
      [1200, 1, '90x1 320x1 800x1 1200x1'],
      [0, 0, '0x0'],
    ])('of %i x %i are %s', (width, height, expected) => {
      const photo = new FileStore(FIRST_BOT).add({ kind: 'photo', bytes: BYTES, width, height });
      const sizes = photo.sizes?.map((size) => `${size.width}x${size.height}`);
      expect(sizes?.join(' ')).toBe(expected);
      expect(photo).toBe(photo.sizes?.at(-1));
    });

    it('are files of their own, each with its path and its ids', () => {
      const store = new FileStore(FIRST_BOT);
      const photo = store.add({ kind: 'photo', bytes: BYTES, width: 320, height: 240 });
      const sizes = photo.sizes ?? [];
      expect(sizes.map((size) => size.path)).toEqual(['photos/file_0', 'photos/file_1']);
      expect(sizes.map((size) => store.find(store.idOf(size), FIRST_BOT))).toEqual(sizes);
      expect(new Set(sizes.map((size) => store.uniqueIdOf(size))).size).toBe(2);
      expect(sizes.map((size) => size.sizes)).toEqual([sizes, sizes]);
    });
  });

  it.each<[FileKind, Partial<NewFile>, string]>([
    ['animation', { mimeType: 'video/mp4' }, 'animations/file_0.mp4'],
    ['audio', { mimeType: 'audio/mpeg' }, 'music/file_0.mp3'],
    ['document', {}, 'documents/file_0'],
    ['document', { mimeType: 'application/pdf' }, 'documents/file_0'],
    ['document', { fileName: 'A.B.PDF' }, 'documents/file_0.pdf'],
    ['document', { fileName: 'README' }, 'documents/file_0'],
    ['document', { fileName: '../../etc/passwd' }, 'documents/file_0'],
    ['document', { fileName: 'a./b' }, 'documents/file_0'],
    ['document', { fileName: 'a.verylongname' }, 'documents/file_0'],
    ['document', { fileName: 'a.txt', mimeType: 'image/png' }, 'documents/file_0.txt'],
    ['photo', { mimeType: 'image/jpeg', width: 9, height: 9 }, 'photos/file_0.jpg'],
    ['sticker', { mimeType: 'image/webp' }, 'stickers/file_0.webp'],
    ['video', { mimeType: 'video/mp4' }, 'videos/file_0.mp4'],
    ['video_note', { mimeType: 'video/mp4' }, 'video_notes/file_0.mp4'],
    ['voice', { mimeType: 'audio/ogg' }, 'voice/file_0.oga'],
  ])('has a %s with %j at %s', (kind, file, path) => {
    const store = new FileStore(FIRST_BOT);
    const stored = store.add({ kind, bytes: BYTES, ...file });
    expect(stored.path).toBe(path);
  });

  it('keeps what is said of a file, and its size unless another is said', () => {
    const store = new FileStore(FIRST_BOT);
    expect(store.add({ kind: 'audio', bytes: BYTES, title: 'T', performer: 'P' })).toEqual({
      kind: 'audio',
      bytes: BYTES,
      title: 'T',
      performer: 'P',
      size: 3,
      number: 0,
      path: 'music/file_0',
    });
    expect(store.add({ kind: 'voice', bytes: BYTES, size: 30_000_000 })).toMatchObject({
      size: 30_000_000,
      number: 1,
      path: 'voice/file_1',
    });
  });

  it('knows a file by another id for each bot', () => {
    const store = new FileStore(FIRST_BOT);
    const file = addDocument(store);
    const other = encodeFileId({ number: file.number, botId: OTHER_BOT });
    expect(store.find(store.idOf(file), FIRST_BOT)).toBe(file);
    expect(store.find(store.idOf(file), OTHER_BOT)).toBeUndefined();
    expect(store.find(other, OTHER_BOT)).toBe(file);
    expect(store.find(other, FIRST_BOT)).toBeUndefined();
    expect(store.find(encodeFileId({ number: 5, botId: FIRST_BOT }), FIRST_BOT)).toBeUndefined();
    expect(() => store.find('AAAA', FIRST_BOT)).toThrow(TextError);
  });

  it('knows a file by one unique id for ever, which is that of no other file', () => {
    const store = new FileStore(FIRST_BOT);
    const files = [
      addDocument(store),
      addDocument(store),
      store.add({ kind: 'voice', bytes: BYTES }),
    ];
    const ids = files.map((file) => store.uniqueIdOf(file));
    expect(new Set(ids).size).toBe(3);
    expect(files.map((file) => store.uniqueIdOf(file))).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[\w-]{16}$/);
  });

  describe('what a bot gets to see', () => {
    it('is the same for the first bot', () => {
      const store = new FileStore(FIRST_BOT);
      const message = { document: { file_id: store.idOf(addDocument(store)) } };
      expect(store.localize(message, FIRST_BOT)).toBe(message);
    });

    it('has for another bot the ids that are for it, wherever they stand', () => {
      const store = new FileStore(FIRST_BOT);
      const photo = store.add({ kind: 'photo', bytes: BYTES, width: 320, height: 240 });
      const sizes = (photo.sizes ?? []).map((size) => ({
        file_id: store.idOf(size),
        file_unique_id: store.uniqueIdOf(size),
      }));
      const message = { text: store.idOf(photo), photo: sizes, reply_to_message: { photo: sizes } };
      const before = JSON.stringify(message);
      const seen = store.localize(message, OTHER_BOT);

      const others = (photo.sizes ?? []).map((size) => ({
        file_id: encodeFileId({ number: size.number, botId: OTHER_BOT }),
        file_unique_id: store.uniqueIdOf(size),
      }));
      expect(seen).toEqual({
        text: store.idOf(photo),
        photo: others,
        reply_to_message: { photo: others },
      });
      expect(JSON.stringify(message)).toBe(before);
    });

    it.each(['made up', 'AAAA', '', 7, null, encodeFileId({ number: 99, botId: FIRST_BOT })])(
      'keeps %j where an id should stand',
      (fileId) => {
        const store = new FileStore(FIRST_BOT);
        expect(store.localize({ file_id: fileId }, OTHER_BOT)).toEqual({ file_id: fileId });
      },
    );
  });
});

function addDocument(store: FileStore): StoredFile {
  return store.add({ kind: 'document', bytes: BYTES });
}
