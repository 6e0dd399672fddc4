import { describe, expect, it } from 'vitest';
import { imageSizeOf } from './image-size.js';

const png = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(33);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
};

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};

const jpeg = (width: number, height: number, ...before: readonly Buffer[]): Buffer => {
  const frame = Buffer.alloc(15);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...before, segment(0xc2, frame)]);
};

const webp = (format: string, write: (head: Buffer) => void): Buffer => {
  const head = Buffer.alloc(40);
  head.write(`RIFF    WEBP${format}`, 'latin1');
  write(head);
  return head;
};

describe('The size of an image', () => {
  it('is read from a PNG', () => {
    expect(imageSizeOf(png(800, 70_000), 'image/png')).toEqual({ width: 800, height: 70_000 });
  });

  it('is read from a JPEG behind a preview, a table and padding', () => {
    const preview = segment(0xe1, Buffer.concat([jpeg(160, 120), Buffer.alloc(60_000)]));
    const before = [preview, segment(0xc4, Buffer.alloc(20)), Buffer.from([0xff])];
    const size = { width: 4_000, height: 3_000 };
    expect(imageSizeOf(jpeg(4_000, 3_000, ...before), 'image/jpeg')).toEqual(size);
  });

  it('is read from a WebP of each format', () => {
    const size = { width: 640, height: 480 };
    const lossy = webp('VP8 ', (head) => head.writeUInt32LE((480 << 16) | 640, 26));
    const lossless = webp('VP8L', (head) => head.writeUInt32LE((479 << 14) | 639, 21));
    const extended = webp('VP8X', (head) => {
      head.writeUIntLE(639, 24, 3);
      head.writeUIntLE(479, 27, 3);
    });
    for (const head of [lossy, lossless, extended]) {
      expect(imageSizeOf(head, 'image/webp')).toEqual(size);
    }
  });

  it('is unknown of an animation and of other types', () => {
    const animated = webp('VP8X', (head) => head.writeUInt8(2, 20));
    expect(imageSizeOf(animated, 'image/webp')).toBeUndefined();
    expect(imageSizeOf(png(1, 1), 'image/apng')).toBeUndefined();
    expect(imageSizeOf(png(1, 1), undefined)).toBeUndefined();
  });

  it('is unknown of what is cut off or damaged at any place', () => {
    const whole = jpeg(4_000, 3_000, segment(0xe0, Buffer.alloc(14)));
    for (let length = 0; length < whole.length - 10; length++) {
      expect(imageSizeOf(whole.subarray(0, length), 'image/jpeg')).toBeUndefined();
    }
    expect(imageSizeOf(png(1, 1).subarray(0, 23), 'image/png')).toBeUndefined();
    expect(imageSizeOf(Buffer.alloc(29), 'image/webp')).toBeUndefined();
    expect(
      imageSizeOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0]), 'image/jpeg'),
    ).toBeUndefined();
    expect(imageSizeOf(Buffer.alloc(100), 'image/jpeg')).toBeUndefined();
  });
});
