/** The width and height of an image in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const PNG_WIDTH_AT = 16;
const WEBP_ANIMATION = 0b10;

/** Segments of a JPEG that hold its size: start of frame, in each of its codings. */
const START_OF_FRAME: ReadonlySet<number> = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);

/**
 * Reads the size of a still image that Telegram takes as a photo.
 *
 * @param head The beginning of the file.
 * @param type Its media type by its magic bytes.
 * @returns Undefined when the head does not show it, and for all other types.
 */
export function imageSizeOf(head: Buffer, type: string | undefined): ImageSize | undefined {
  switch (type) {
    case 'image/png':
      return sizeOfPng(head);
    case 'image/jpeg':
      return sizeOfJpeg(head);
    case 'image/webp':
      return sizeOfWebp(head);
    default:
      return undefined;
  }
}

function sizeOfPng(head: Buffer): ImageSize | undefined {
  if (head.length < PNG_WIDTH_AT + 8) return undefined;
  return {
    width: head.readUInt32BE(PNG_WIDTH_AT),
    height: head.readUInt32BE(PNG_WIDTH_AT + 4),
  };
}

function sizeOfJpeg(head: Buffer): ImageSize | undefined {
  for (let at = 2; at + 9 <= head.length;) {
    if (head[at] !== 0xff) return undefined;
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
    } else if (START_OF_FRAME.has(marker)) {
      return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    } else {
      const length = head.readUInt16BE(at + 2);
      if (length < 2) return undefined;
      at += 2 + length;
    }
  }
  return undefined;
}

/** An animated one has none: Telegram takes it as no photo. */
function sizeOfWebp(head: Buffer): ImageSize | undefined {
  if (head.length < 30) return undefined;
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8X': {
      if (((head[20] ?? 0) & WEBP_ANIMATION) !== 0) return undefined;
      return { width: 1 + head.readUIntLE(24, 3), height: 1 + head.readUIntLE(27, 3) };
    }
    default:
      return undefined;
  }
}
