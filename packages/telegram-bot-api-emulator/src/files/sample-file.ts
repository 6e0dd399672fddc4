import { gzipSync } from 'node:zlib';
import { createBlankJpeg } from './blank-image.js';
import type { FileKind, StickerFormat } from './stored-file.js';

/** What a made-up file is to be. */
export interface SampleFile {
  /** In pixels; counts for photos. */
  readonly width: number;
  readonly height: number;
  readonly stickerFormat?: StickerFormat | undefined;
}

/** The side of every sticker, in pixels. */
const STICKER_SIDE = 512;

/**
 * A file of a kind as people send it. It begins as real ones do, so that whoever looks at its first
 * bytes takes it for what it is; of photos alone there is more than the beginning.
 */
export function createSampleFile(
  kind: FileKind,
  { width, height, stickerFormat = 'static' }: SampleFile,
): Uint8Array {
  switch (kind) {
    case 'photo':
      return createBlankJpeg(width, height);
    case 'document':
      return Buffer.from('a document');
    case 'audio':
      return createMp3();
    case 'voice':
      return createOpus();
    case 'sticker':
      return STICKERS[stickerFormat]();
    case 'animation':
    case 'live_photo':
    case 'video':
    case 'video_note':
      return createMp4();
  }
}

const STICKERS: Readonly<Record<StickerFormat, () => Uint8Array>> = {
  static: createWebp,
  animated: createTgs,
  video: createWebm,
};

/** A box that says what the file is, and one without content. */
function createMp4(): Uint8Array {
  const brands = Buffer.from('isom\0\0\u0002\0isommp42', 'latin1');
  return Buffer.concat([box('ftyp', brands), box('mdat', Buffer.alloc(0))]);
}

function box(name: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length + 8);
  return Buffer.concat([size, Buffer.from(name, 'latin1'), content]);
}

/** An empty ID3 tag, and a frame of silence: MPEG 1, layer 3, 128 kbit/s, 44.1 kHz. */
function createMp3(): Uint8Array {
  const tag = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 0]);
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return Buffer.concat([tag, frame]);
}

/** The first page of an Ogg file, which says that it holds Opus: one channel, 48 kHz. */
function createOpus(): Uint8Array {
  const head = Buffer.from('OpusHead\u0001\u0001\0\0\u0080\u00bb\0\0\0\0\0', 'latin1');
  const page = Buffer.alloc(28);
  page.write('OggS', 'latin1');
  // The first page of a stream, with one segment.
  page.set([2], 5);
  page.set([1, head.length], 26);
  return Buffer.concat([page, head]);
}

/** The header of a lossless WebP picture. */
function createWebp(): Uint8Array {
  const side = STICKER_SIDE - 1;
  const data = Buffer.alloc(6);
  data.writeUInt8(0x2f);
  data.writeUInt32LE(side | (side << 14), 1);
  const chunk = Buffer.alloc(8);
  chunk.write('VP8L', 'latin1');
  chunk.writeUInt32LE(5, 4);
  const content = Buffer.concat([Buffer.from('WEBP', 'latin1'), chunk, data]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), size, content]);
}

/** A Lottie animation in which nothing moves. */
function createTgs(): Uint8Array {
  const lottie = { tgs: 1, v: '5.5.2', fr: 60, ip: 0, op: 60, w: 512, h: 512, layers: [] };
  return gzipSync(JSON.stringify(lottie));
}

/** The header of a Matroska file that says it is WebM. */
function createWebm(): Uint8Array {
  const type = Buffer.from([0x42, 0x82, 0x84, ...Buffer.from('webm')]);
  return Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80 | type.length]), type]);
}
