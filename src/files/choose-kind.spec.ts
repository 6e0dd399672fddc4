import { describe, expect, it } from 'vitest';
import { chooseKind } from './choose-kind.js';

const MB = 1024 * 1024;
const image = { width: 800, height: 600 };
const photo = { type: 'image/jpeg', size: 1_000, image };
const opus = { type: 'audio/ogg; codecs=opus', size: 1_000 };
const mp3 = { type: 'audio/mpeg', size: 1_000 };
const m4a = { type: 'audio/mp4', size: 1_000 };
const mp4 = { type: 'video/mp4', size: 1_000 };
const pdf = { type: 'application/pdf', size: 1_000 };

describe('The kind of a file', () => {
  it.each([
    ['photo', photo],
    ['photo', { ...photo, size: 10 * MB }],
    ['document', { ...photo, size: 10 * MB + 1 }],
    ['photo', { ...photo, image: { width: 9_500, height: 500 } }],
    ['document', { ...photo, image: { width: 9_500, height: 501 } }],
    ['document', { ...photo, image: { width: 5_001, height: 5_000 } }],
    ['photo', { ...photo, image: { width: 20, height: 400 } }],
    ['document', { ...photo, image: { width: 20, height: 401 } }],
    ['document', { ...photo, image: { width: 0, height: 0 } }],
    ['document', { type: 'image/jpeg', size: 1_000 }],
    ['document', { type: 'image/gif', size: 1_000 }],
    ['document', { type: 'image/heic', size: 1_000 }],
    ['video', mp4],
    ['video', { ...mp4, size: 2_000 * MB }],
    ['document', { type: 'video/webm', size: 1_000 }],
    ['audio', { ...mp4, contentType: 'audio/mp4' }],
    ['audio', mp3],
    ['audio', m4a],
    ['voice', opus],
    ['document', { type: 'audio/ogg', size: 1_000 }],
    ['document', { type: 'audio/wav', size: 1_000 }],
    ['document', pdf],
    ['document', { type: 'application/zip', size: 1_000 }],
    ['document', { type: 'application/xml', contentType: 'image/svg+xml', size: 1_000 }],
    ['document', { type: undefined, contentType: 'text/html', size: 1_000 }],
    ['document', { type: undefined, contentType: 'image/jpeg', size: 1_000 }],
  ] as const)('is %s when the bytes say %o', (kind, traits) => {
    expect(chooseKind(traits)).toBe(kind);
    expect(chooseKind({ ...traits, as: 'auto' })).toBe(kind);
  });

  it.each([
    ['photo', photo],
    ['video', mp4],
    ['audio', mp3],
    ['audio', m4a],
    ['voice', opus],
    ['voice', mp3],
    ['voice', m4a],
    ['voice', { ...mp4, contentType: 'audio/mp4' }],
  ] as const)('is %s when the app wants that of %o', (as, traits) => {
    expect(chooseKind({ ...traits, as })).toBe(as);
    expect(chooseKind({ ...traits, as: 'document' })).toBe('document');
  });

  it.each([
    ['photo', pdf],
    ['photo', { ...photo, size: 11 * MB }],
    ['photo', mp4],
    ['video', photo],
    ['video', mp3],
    ['video', { type: 'image/gif', size: 1_000 }],
    ['audio', opus],
    ['audio', mp4],
    ['voice', mp4],
    ['voice', { type: 'audio/wav', size: 1_000 }],
    ['voice', { type: undefined, contentType: 'audio/mpeg', size: 1_000 }],
  ] as const)('is no %s but a document when the app wants that of %o', (as, traits) => {
    expect(chooseKind({ ...traits, as })).toBe('document');
  });
});
