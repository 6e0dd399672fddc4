import { describe, expect, it } from 'vitest';
import { TextError } from '../text/text.error.js';
import { decodeFileId, encodeFileId } from './file-id-codec.js';

const WRONG = 'Wrong remote file identifier specified: ';

describe('file ids', () => {
  it.each([
    { number: 0, botId: 7_000_000_001 },
    { number: 1, botId: 1 },
    { number: 99_999, botId: 123_456 },
  ])('hold %j', (parts) => {
    const fileId = encodeFileId(parts);
    expect(fileId).toMatch(/^[\w-]+$/);
    expect(decodeFileId(fileId)).toEqual(parts);
    const padded = fileId.padEnd(Math.ceil(fileId.length / 4) * 4, '=');
    expect(decodeFileId(padded)).toEqual(parts);
  });

  it('are others for other files and other bots', () => {
    const ids = [
      encodeFileId({ number: 1, botId: 7 }),
      encodeFileId({ number: 2, botId: 7 }),
      encodeFileId({ number: 1, botId: 8 }),
    ];
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    ['', "Remote file identifier can't be empty"],
    ['====', `${WRONG}Wrong string padding`],
    ['AAAA====', `${WRONG}Wrong string padding`],
    ['AAA===', `${WRONG}Wrong string padding`],
    ['=', `${WRONG}Wrong padding length`],
    ['AAAA=', `${WRONG}Wrong padding length`],
    ['AAA==', `${WRONG}Wrong padding length`],
    ['A', `${WRONG}Wrong string length`],
    ['AAAAA', `${WRONG}Wrong string length`],
    ['AA+A', `${WRONG}Wrong character in the string`],
    ['AA/A', `${WRONG}Wrong character in the string`],
    ['AA A', `${WRONG}Wrong character in the string`],
    ['AäAA', `${WRONG}Wrong character in the string`],
    ['A=AA', `${WRONG}Wrong character in the string`],
    ['AB', `${WRONG}Wrong padding in the string`],
    ['AAB', `${WRONG}Wrong padding in the string`],
    ['AAB=', `${WRONG}Wrong padding in the string`],
    ['AAAA', `${WRONG}can't unserialize it. Wrong last symbol`],
    ['BAAA', `${WRONG}can't unserialize it. Wrong last symbol`],
    ['AgADBAADq6cxG', `${WRONG}Wrong string length`],
  ])('are refused when they are %j: %s', (fileId, message) => {
    expect(() => decodeFileId(fileId)).toThrow(new TextError(message));
  });

  it.each(['\u0004', 'x\u0004', '7/\u0004', '/1\u0004', '7/1/2\u0004', '-7/1\u0004', '7/1 \u0004'])(
    'are none of the emulator when they hold %j',
    (content) => {
      expect(decodeFileId(Buffer.from(content).toString('base64url'))).toBeUndefined();
    },
  );
});
