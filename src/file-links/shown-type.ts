import { fileTypeFromBuffer } from 'file-type';

/** How much of the beginning of a file says what it is. More would only let the library unpack archives. */
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
  'audio/x-m4a': 'audio/mp4',
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
export async function checkType(head: Buffer): Promise<CheckedType> {
  const found = await fileTypeFromBuffer(head);
  const mime = found?.mime.replace(/;.*$/s, '') ?? '';
  return {
    shownAs: Object.hasOwn(SHOWN, mime) ? SHOWN[mime] : undefined,
    extension: found?.ext,
  };
}
