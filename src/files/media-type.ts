/** What a file is by its first bytes. */
export interface MediaType {
  /** As in `image/png`. Of Ogg with Opus: `audio/ogg; codecs=opus`. */
  readonly type: string;
  /** Without a dot. */
  readonly extension: string;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).toString('latin1');
const EBML = '\x1a\x45\xdf\xa3';

/** Of ISO media files, by the brand they name first; all others are MP4. */
const BRANDS: ReadonlyArray<readonly [brand: RegExp, type: string, extension: string]> = [
  [/^M4[AB] /, 'audio/mp4', 'm4a'],
  [/^M4V/, 'video/x-m4v', 'm4v'],
  [/^qt {2}/, 'video/quicktime', 'mov'],
  [/^3g/, 'video/3gpp', '3gp'],
  [/^avi[fs]/, 'image/avif', 'avif'],
  [/^(?:hei[cmsx]|hev[cmsx]|mif1|msf1)/, 'image/heic', 'heic'],
  [/^crx/, 'image/x-canon-cr3', 'cr3'],
];

const SIGNATURES: ReadonlyArray<readonly [start: string, type: string, extension: string]> = [
  ['\xff\xd8\xff', 'image/jpeg', 'jpg'],
  ['GIF87a', 'image/gif', 'gif'],
  ['GIF89a', 'image/gif', 'gif'],
  ['%PDF-', 'application/pdf', 'pdf'],
  ['fLaC', 'audio/flac', 'flac'],
  ['ID3', 'audio/mpeg', 'mp3'],
];

/**
 * Tells by the first bytes of a file what it is, for the types that Telegram or browsers show; undefined for all
 * others.
 *
 * @param head At least the first 4,100 bytes, or the whole file.
 */
export function mediaTypeOf(head: Buffer): MediaType | undefined {
  const text = head.toString('latin1', 0, 4_100);
  for (const [start, type, extension] of SIGNATURES) {
    if (text.startsWith(start)) return { type, extension };
  }
  if (text.startsWith(PNG)) return pngType(text);
  if (text.startsWith('RIFF')) return riffType(text);
  if (text.startsWith('ftyp', 4)) return brandType(text.slice(8, 12));
  if (text.startsWith('OggS')) return oggType(text.slice(28, 36));
  if (text.startsWith(EBML)) return matroskaType(text.slice(0, 64));
  return isMp3Frame(head) ? { type: 'audio/mpeg', extension: 'mp3' } : undefined;
}

/** An animated one says so before its first picture. */
function pngType(text: string): MediaType {
  const isAnimated = text.slice(0, text.indexOf('IDAT')).includes('acTL');
  return { type: isAnimated ? 'image/apng' : 'image/png', extension: 'png' };
}

function riffType(text: string): MediaType | undefined {
  if (text.startsWith('WEBP', 8)) return { type: 'image/webp', extension: 'webp' };
  return text.startsWith('WAVE', 8) ? { type: 'audio/wav', extension: 'wav' } : undefined;
}

function brandType(brand: string): MediaType {
  const found = BRANDS.find(([pattern]) => pattern.test(brand));
  return found ? { type: found[1], extension: found[2] } : { type: 'video/mp4', extension: 'mp4' };
}

/** @param codec How the first packet of the stream begins. */
function oggType(codec: string): MediaType {
  if (codec === 'OpusHead') return { type: 'audio/ogg; codecs=opus', extension: 'opus' };
  const isSound = ['\x01vorbis', 'Speex', '\x7fFLAC'].some((start) => codec.startsWith(start));
  return isSound
    ? { type: 'audio/ogg', extension: 'ogg' }
    : { type: 'application/ogg', extension: 'ogx' };
}

function matroskaType(text: string): MediaType {
  return text.includes('webm')
    ? { type: 'video/webm', extension: 'webm' }
    : { type: 'video/x-matroska', extension: 'mkv' };
}

/** Eleven set bits, MPEG 1, 2 or 2.5, layer III, and neither a bit rate nor a sample rate that does not exist. */
function isMp3Frame(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return isLayer3 && third >>> 4 !== 0xf && (third & 0x0c) !== 0x0c;
}
