import { TextError } from '../text/text.error.js';

/** What a file id says. */
export interface FileIdParts {
  readonly number: number;
  /** The bot that the id is for; no other can use it. */
  readonly botId: number;
}

/** The last byte of a file id of today (td: FileManager.cpp). */
const VERSION = 4;

/** Writes a file id, which is opaque to bots. */
export function encodeFileId({ number, botId }: FileIdParts): string {
  return Buffer.from(`${botId}/${number}${String.fromCharCode(VERSION)}`).toString('base64url');
}

/**
 * Reads a file id; undefined when it is well formed but none of the emulator's.
 *
 * @throws {@link TextError} In td's words (base64.cpp, FileManager.cpp).
 */
export function decodeFileId(fileId: string): FileIdParts | undefined {
  const bytes = decodeBase64Url(fileId);
  if (bytes.length === 0) throw new TextError("Remote file identifier can't be empty");
  if (bytes.at(-1) !== VERSION) throw wrong("can't unserialize it. Wrong last symbol");
  const found = /^(\d+)\/(\d+)$/.exec(bytes.toString('latin1', 0, bytes.length - 1));
  return found ? { botId: Number(found[1]), number: Number(found[2]) } : undefined;
}

function decodeBase64Url(text: string): Buffer {
  const bare = text.replace(/=+$/, '');
  const padding = text.length - bare.length;
  if (padding >= 3) throw wrong('Wrong string padding');
  if (padding > 0 && text.length % 4 !== 0) throw wrong('Wrong padding length');
  if (bare.length % 4 === 1) throw wrong('Wrong string length');
  if (!/^[\w-]*$/.test(bare)) throw wrong('Wrong character in the string');
  const bytes = Buffer.from(bare, 'base64url');
  if (bytes.toString('base64url') !== bare) throw wrong('Wrong padding in the string');
  return bytes;
}

function wrong(reason: string): TextError {
  return new TextError(`Wrong remote file identifier specified: ${reason}`);
}
