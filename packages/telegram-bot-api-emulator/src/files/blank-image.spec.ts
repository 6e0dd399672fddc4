import { describe, expect, it } from 'vitest';
import { createBlankJpeg } from './blank-image.js';
import { readImageSize } from './image-size.js';

/** What a start-of-scan segment of one component ends with. */
const SCAN = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);

describe('createBlankJpeg', () => {
  it.each([
    [1, 1],
    [8, 8],
    [9, 8],
    [24, 8],
    [32, 8],
    [40, 16],
    [1280, 960],
    [33, 77],
    [1, 2000],
  ])('makes a picture of %i x %i, with two bits for each block of 8 x 8', (width, height) => {
    const bytes = Buffer.from(createBlankJpeg(width, height));
    expect(readImageSize(bytes)).toEqual({ width, height });

    const start = bytes.indexOf(SCAN) + SCAN.length;
    const coded = bytes.subarray(start, -2);
    const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
    const bits = Array.from(coded, (byte) => byte.toString(2).padStart(8, '0')).join('');
    expect(coded).toHaveLength(Math.ceil((blocks * 2) / 8));
    expect(bits.slice(0, blocks * 2)).toBe('00'.repeat(blocks));
    expect(bits.slice(blocks * 2)).toMatch(/^1{0,6}$/);
  });

  it('is made of segments that follow each other, from the first marker to the last', () => {
    const bytes = Buffer.from(createBlankJpeg(64, 48));
    expect(bytes.toString('hex', 0, 2)).toBe('ffd8');
    const markers: number[] = [];
    let position = 2;
    while (markers.at(-1) !== 0xda) {
      expect(bytes[position]).toBe(0xff);
      markers.push(bytes[position + 1] ?? 0);
      position += 2 + bytes.readUInt16BE(position + 2);
    }
    expect(markers).toEqual([0xe0, 0xdb, 0xc0, 0xc4, 0xc4, 0xda]);
    expect(bytes.toString('hex').slice(-4)).toBe('ffd9');
  });
});
