/**
 * A grey JPEG of the given size, in pixels: what people of the emulator photograph. Each block of
 * 8 x 8 pixels takes two bits, "no change" and "end of block".
 */
export function createBlankJpeg(width: number, height: number): Uint8Array {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const data = Buffer.alloc(Math.ceil(blocks / 4));
  // The bits that fill the last byte are ones.
  if (blocks % 4 > 0) data[data.length - 1] = 0xff >> (2 * (blocks % 4));
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    segment(0xc0, [8, ...size, 1, 1, 0x11, 0]),
    segment(0xc4, oneCodeTable(0x00)),
    segment(0xc4, oneCodeTable(0x10)),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    data,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A Huffman table that knows one symbol, zero, as a single bit. */
function oneCodeTable(id: number): number[] {
  return [id, 1, ...Array.from({ length: 15 }, () => 0), 0];
}

function segment(marker: number, content: readonly number[]): Buffer {
  const length = content.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...content]);
}
