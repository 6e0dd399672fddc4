/** Width and height of an image, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = '89504e470d0a1a0a';
/** Start-of-frame markers of JPEG hold the size; these three of the range do not. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);
/** May stand any number of times before a marker of JPEG. */
const FILLING = 0xff;

/** The size of a PNG, JPEG, GIF or WebP image; undefined when the bytes are none of them. */
export function readImageSize(bytes: Uint8Array): ImageSize | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length >= 24 && buffer.toString('hex', 0, 8) === PNG_SIGNATURE) {
    return { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
  }
  if (buffer.length >= 10 && /^GIF8[79]a/.test(buffer.toString('latin1', 0, 6))) {
    return { width: buffer.readUInt16LE(6), height: buffer.readUInt16LE(8) };
  }
  if (buffer.length >= 4 && buffer.readUInt16BE(0) === 0xffd8) return readJpeg(buffer);
  if (/^RIFF....WEBP/s.test(buffer.toString('latin1', 0, 12))) return readWebp(buffer);
  return undefined;
}

function readJpeg(buffer: Buffer): ImageSize | undefined {
  let position = 2;
  while (position + 9 <= buffer.length && buffer[position] === 0xff) {
    const marker = buffer[position + 1] ?? 0;
    if (marker === FILLING) {
      position++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) {
      return {
        width: buffer.readUInt16BE(position + 7),
        height: buffer.readUInt16BE(position + 5),
      };
    }
    position += 2 + buffer.readUInt16BE(position + 2);
  }
  return undefined;
}

function readWebp(buffer: Buffer): ImageSize | undefined {
  const kind = buffer.toString('latin1', 12, 16);
  if (kind === 'VP8 ' && buffer.length >= 30) {
    return { width: buffer.readUInt16LE(26) & 0x3fff, height: buffer.readUInt16LE(28) & 0x3fff };
  }
  if (kind === 'VP8L' && buffer.length >= 25) {
    const bits = buffer.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind === 'VP8X' && buffer.length >= 30) {
    return { width: buffer.readUIntLE(24, 3) + 1, height: buffer.readUIntLE(27, 3) + 1 };
  }
  return undefined;
}
