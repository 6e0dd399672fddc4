import { describe, expect, it } from 'vitest';
import { type ImageSize, readImageSize } from './image-size.js';

/** Images of one pixel that browsers show, each as its encoder wrote it. */
const PIXELS = [
  [
    'PNG',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ],
  ['GIF', 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'],
  ['lossy WebP', 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA'],
  ['lossless WebP', 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='],
  [
    'extended WebP',
    'UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==',
  ],
] as const;

/** Headers of images of each kind, no longer than it takes to say the size. */
const HEADERS: ReadonlyArray<readonly [string, ImageSize, Buffer]> = [
  ['PNG', { width: 70_000, height: 258 }, png(70_000, 258)],
  ['GIF of 1987', { width: 258, height: 772 }, gif('GIF87a', 258, 772)],
  ['GIF of 1989', { width: 1, height: 65_535 }, gif('GIF89a', 1, 65_535)],
  ['JPEG', { width: 258, height: 772 }, jpeg([frame(0xc0, 258, 772)])],
  ['extended JPEG', { width: 1, height: 2 }, jpeg([frame(0xc1, 1, 2)])],
  ['progressive JPEG', { width: 640, height: 480 }, jpeg([frame(0xc2, 640, 480)])],
  ['lossless JPEG', { width: 640, height: 480 }, jpeg([frame(0xc3, 640, 480)])],
  ['arithmetic JPEG', { width: 640, height: 480 }, jpeg([frame(0xc9, 640, 480)])],
  [
    'JPEG with all that may stand before the size',
    { width: 640, height: 480 },
    jpeg([
      segment(0xe0, Buffer.from('JFIF\0')),
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), frame(0xc0, 160, 120)])),
      segment(0xdb, Buffer.alloc(65, 0xc0)),
      segment(0xc4, Buffer.alloc(20, 0xc0)),
      segment(0xc8, Buffer.alloc(7, 1)),
      segment(0xcc, Buffer.alloc(7, 1)),
      Buffer.from([0xff, 0xff]),
      frame(0xc2, 640, 480),
    ]),
  ],
  ['lossy WebP', { width: 258, height: 16_383 }, lossyWebp(258, 16_383)],
  ['scaled lossy WebP', { width: 258, height: 772 }, lossyWebp(258 | 0x4000, 772 | 0xc000)],
  ['lossless WebP', { width: 258, height: 16_384 }, losslessWebp(258, 16_384)],
  ['extended WebP', { width: 70_000, height: 100_000 }, extendedWebp(70_000, 100_000)],
];

describe('readImageSize', () => {
  it.each(PIXELS)('reads the size of a %s', (_kind, base64) => {
    expect(readImageSize(Buffer.from(base64, 'base64'))).toEqual({ width: 1, height: 1 });
  });

  it('reads the size of the smallest of all WebP images', () => {
    const bytes = Buffer.from('UklGRhIAAABXRUJQVlA4TAYAAAAvQWxvAGs=', 'base64');
    expect(bytes).toHaveLength(26);
    expect(readImageSize(bytes)).toEqual({ width: 11_330, height: 446 });
  });

  it.each(HEADERS)('reads the size from the header of a %s', (_kind, size, bytes) => {
    expect(readImageSize(bytes)).toEqual(size);
  });

  it.each(HEADERS)('reads nothing from a %s that is cut off anywhere', (_kind, _size, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(readImageSize(bytes.subarray(0, length))).toBeUndefined();
    }
  });

  it('reads an image that is a part of something larger', () => {
    const [[, size, bytes] = []] = HEADERS;
    const whole = new Uint8Array([1, 2, 3, ...(bytes ?? []), 4]);
    expect(readImageSize(whole.subarray(3, -1))).toEqual(size);
  });

  it.each([
    ['a text', Buffer.from('x'.repeat(100))],
    ['zeros', Buffer.alloc(100)],
    ['a PDF', Buffer.from(`%PDF-1.4\n${' '.repeat(100)}`)],
    ['an MP4', Buffer.concat([Buffer.from([0, 0, 0, 0x18]), Buffer.from('ftypmp42'.padEnd(99))])],
    ['a PNG with a broken signature', Buffer.concat([Buffer.from([0]), png(1, 1).subarray(1)])],
    ['a GIF of another year', gif('GIF88a', 1, 1)],
    ['a WAV', Buffer.from('RIFF....WAVEfmt '.padEnd(40))],
    ['a WebP of an unknown kind', Buffer.from('RIFF....WEBPVP9 '.padEnd(40))],
    ['a JPEG without a frame', jpeg([segment(0xe0, Buffer.from('JFIF\0')), Buffer.alloc(20)])],
    ['a JPEG with a segment of no length', jpeg([Buffer.from([0xff, 0xe0, 0, 0]), png(1, 1)])],
    ['a JPEG with a segment that is too long', jpeg([Buffer.from([0xff, 0xe0, 0xff, 0xff])])],
  ])('reads nothing from %s', (_what, bytes) => {
    expect(readImageSize(bytes)).toBeUndefined();
  });
});

function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

function gif(signature: string, width: number, height: number): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.write(signature, 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

function jpeg(segments: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments]);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** A start of a frame up to the size. */
function frame(marker: number, width: number, height: number): Buffer {
  const bytes = Buffer.from([0xff, marker, 0, 11, 8, 0, 0, 0, 0]);
  bytes.writeUInt16BE(height, 5);
  bytes.writeUInt16BE(width, 7);
  return bytes;
}

function webp(kind: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(`RIFF\n\r\n\rWEBP${kind}`, 'latin1');
  return bytes;
}

function lossyWebp(width: number, height: number): Buffer {
  const bytes = webp('VP8 ', 30);
  bytes.write('3001009d012a', 20, 'hex');
  bytes.writeUInt16LE(width, 26);
  bytes.writeUInt16LE(height, 28);
  return bytes;
}

function losslessWebp(width: number, height: number): Buffer {
  const bytes = webp('VP8L', 25);
  bytes[20] = 0x2f;
  bytes.writeUInt32LE(width - 1 + (height - 1) * 0x4000, 21);
  return bytes;
}

function extendedWebp(width: number, height: number): Buffer {
  const bytes = webp('VP8X', 30);
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return bytes;
}
