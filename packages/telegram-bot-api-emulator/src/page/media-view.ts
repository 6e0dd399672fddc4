import type { Message } from '@grammyjs/types';
import type { FileStore } from '../files/file-store.js';
import { fileIdOf, mediaOf } from '../files/message-file.js';
import type { StoredFile } from '../files/stored-file.js';
import type { PageMedia } from './page-message.interface.js';

/** The file in a message; undefined when it holds none. */
export function createPageMedia(files: FileStore, message: Message): PageMedia | undefined {
  const kind = mediaOf(message);
  if (kind === '') return undefined;
  const spoiler = message.has_media_spoiler ? { hasSpoiler: true } : {};
  const file = files.findCanonical(fileIdOf(message) ?? '');
  // What a test has made up has no bytes, and may have no file either.
  if (!file) return { kind, ...spoiler };
  const { fileName, mimeType, width, height, durationSeconds } = file;
  const { performer, title, emoji, stickerFormat } = file;
  const small = file.still ?? file.thumbnail;
  return {
    kind,
    url: urlOf(file),
    ...(small && { thumbnailUrl: urlOf(small) }),
    size: file.size,
    ...(fileName !== undefined && { fileName }),
    ...(mimeType !== undefined && { mimeType }),
    ...(width !== undefined && width > 0 && { width }),
    ...(height !== undefined && height > 0 && { height }),
    ...(durationSeconds !== undefined && isPlayed(file) && { durationSeconds }),
    ...(performer !== undefined && { performer }),
    ...(title !== undefined && { title }),
    ...(emoji !== undefined && { emoji }),
    ...(stickerFormat !== undefined && { stickerFormat }),
    ...spoiler,
  };
}

function urlOf({ number }: StoredFile): string {
  return `files/${number}`;
}

function isPlayed({ kind }: StoredFile): boolean {
  return kind !== 'photo' && kind !== 'document' && kind !== 'sticker';
}
