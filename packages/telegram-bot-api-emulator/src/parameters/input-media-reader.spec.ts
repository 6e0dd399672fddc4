import { describe, expect, it } from 'vitest';
import { BotApiParameters } from './bot-api-parameters.js';
import { type InputMediaItem, readMediaGroup, readSingleMedia } from './input-media-reader.js';

const PARSE = "Bad Request: can't parse InputMedia: ";
const FILE = { fileName: 'a.png', contentType: '', bytes: new Uint8Array([1]) };
const PHOTO = { type: 'photo', media: 'AgAD' };

describe('readSingleMedia', () => {
  it.each(['animation', 'audio', 'document', 'photo', 'video'])('reads a %s', (type) => {
    expect(readSingle({ type, media: 'AgAD' })).toMatchObject({
      kind: type,
      input: { type: 'remote', text: 'AgAD' },
    });
  });

  it('reads a file that comes with the call', () => {
    expect(readSingle({ type: 'photo', media: 'attach://file' })).toMatchObject({
      input: { type: 'upload', file: FILE },
    });
  });

  it('reads the fields of an item as parameters', () => {
    const { parameters } = readSingle({
      ...PHOTO,
      caption: 'Hi',
      caption_entities: [{ type: 'bold', offset: 0, length: 2 }],
      has_spoiler: true,
      width: 7,
    });
    expect(parameters.text('caption')).toBe('Hi');
    expect(parameters.json('caption_entities')).toEqual([{ type: 'bold', offset: 0, length: 2 }]);
    expect(parameters.boolean('has_spoiler')).toBe(true);
    expect(parameters.messageId('width')).toBe(7);
    expect([...parameters.files.keys()]).toHaveLength(1);
  });

  it.each<[unknown, string]>([
    ['', `${PARSE}expected an Object`],
    ['{', "Bad Request: can't parse media JSON object"],
    [[PHOTO], `${PARSE}expected an Object`],
    [null, `${PARSE}expected an Object`],
    [{ media: 'AgAD' }, `${PARSE}Can't find field "type"`],
    [{ ...PHOTO, type: 'voice' }, `${PARSE}invalid media type specified`],
    [{ ...PHOTO, type: 'sticker' }, `${PARSE}invalid media type specified`],
    [{ ...PHOTO, type: 'toString' }, `${PARSE}invalid media type specified`],
    [{ type: 'photo' }, `${PARSE}media not found`],
    [{ ...PHOTO, media: '' }, `${PARSE}media not found`],
    [{ ...PHOTO, media: 7 }, `${PARSE}media not found`],
    [{ ...PHOTO, media: 'attach://missing' }, `${PARSE}media not found`],
  ])('refuses %j', (media, description) => {
    expect(() => readSingle(media)).toThrow(description);
  });
});

describe('readMediaGroup', () => {
  it('reads items in their order', () => {
    const items = readMediaGroup(
      createParameters([PHOTO, { type: 'video', media: 'attach://file' }]),
    );
    expect(items.map(({ kind }) => kind)).toEqual(['photo', 'video']);
    expect(readMediaGroup(createParameters([]))).toEqual([]);
  });

  it.each<[unknown, string]>([
    ['', 'Bad Request: there are no messages to send'],
    ['{', "Bad Request: can't parse media JSON object"],
    [PHOTO, 'Bad Request: expected an Array of InputMedia'],
    [[PHOTO, 'AgAD'], `${PARSE}expected an Object`],
    [[PHOTO, { type: 'photo' }], `${PARSE}media not found`],
  ])('refuses %j', (media, description) => {
    expect(() => readMediaGroup(createParameters(media))).toThrow(description);
  });
});

function createParameters(media: unknown): BotApiParameters {
  const text = typeof media === 'string' ? media : JSON.stringify(media);
  return new BotApiParameters([['media', { text, value: media }]], new Map([['file', FILE]]));
}

function readSingle(media: unknown): InputMediaItem {
  return readSingleMedia(createParameters(media));
}
