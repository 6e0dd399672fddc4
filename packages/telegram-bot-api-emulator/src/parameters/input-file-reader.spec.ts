import { describe, expect, it } from 'vitest';
import { BotApiParameters } from './bot-api-parameters.js';
import { readInputFile, readInputMedia } from './input-file-reader.js';
import type { UploadedFile } from './uploaded-file.interface.js';

const FILE: UploadedFile = { fileName: 'a.png', contentType: '', bytes: new Uint8Array([1]) };
const OTHER: UploadedFile = { fileName: 'b.png', contentType: '', bytes: new Uint8Array([2]) };

describe('readInputFile', () => {
  it.each([
    ['a file of its own name', undefined, { type: 'upload', file: FILE }],
    ['that file, whatever the text says', 'https://example.com/', { type: 'upload', file: FILE }],
  ])('takes %s', (_what, text, expected) => {
    expect(readInputFile(createParameters(text, { photo: FILE }), 'photo')).toEqual(expected);
  });

  it.each([
    ['attach://other', { type: 'upload', file: OTHER }],
    ['https://example.com/a.png', { type: 'remote', text: 'https://example.com/a.png' }],
    ['AgADBAAD', { type: 'remote', text: 'AgADBAAD' }],
    ['ATTACH://other', { type: 'remote', text: 'ATTACH://other' }],
    ['attach://missing', undefined],
    ['attach://', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('makes of the text %j %j', (text, expected) => {
    expect(readInputFile(createParameters(text, { other: OTHER }), 'photo')).toEqual(expected);
  });
});

describe('readInputMedia', () => {
  it('takes no file that the text does not name', () => {
    const parameters = createParameters(undefined, { photo: FILE, other: OTHER });
    expect(readInputMedia(parameters, '')).toBeUndefined();
    expect(readInputMedia(parameters, 'photo')).toEqual({ type: 'remote', text: 'photo' });
    expect(readInputMedia(parameters, 'attach://photo')).toEqual({ type: 'upload', file: FILE });
  });
});

function createParameters(
  text: string | undefined,
  files: Readonly<Record<string, UploadedFile>>,
): BotApiParameters {
  return new BotApiParameters(
    text === undefined ? [] : [['photo', { text, value: text }]],
    new Map(Object.entries(files)),
  );
}
