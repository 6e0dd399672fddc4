import { mediaTypeOf } from '../files/media-type.js';

/** How much of the beginning of a file says what it is. */
export const HEAD_BYTES = 4_100;

/** What browsers show without running anything in it, by the media type that the bytes show. */
const SHOWN: Readonly<Record<string, string>> = {
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
  'video/mp4': 'video/mp4',
  'video/webm': 'video/webm',
  'audio/mpeg': 'audio/mpeg',
  'audio/mp4': 'audio/mp4',
  'audio/ogg': 'audio/ogg',
};

/** What a file is, by its first bytes. */
export interface CheckedType {
  /** The media type when browsers may show it; undefined for all that is to be downloaded. */
  readonly shownAs: string | undefined;
  /** Without a dot; undefined when the bytes do not tell. */
  readonly extension: string | undefined;
}

/** @param head The first {@link HEAD_BYTES} bytes of the file, or all. */
export function checkType(head: Buffer): CheckedType {
  const found = mediaTypeOf(head);
  const type = found?.type.replace(/;.*$/s, '') ?? '';
  return {
    shownAs: Object.hasOwn(SHOWN, type) ? SHOWN[type] : undefined,
    extension: found?.extension,
  };
}
