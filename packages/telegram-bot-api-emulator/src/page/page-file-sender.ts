import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileStore } from '../files/file-store.js';
import type { StoredFile } from '../files/stored-file.js';
import { sendFile } from '../http/answer-writer.js';
import { PageError } from './page.error.js';

/** What a browser shows in a picture or plays, and never runs. */
const SHOWN = new Set([
  'audio/aac',
  'audio/flac',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'video/mp4',
  'video/ogg',
  'video/quicktime',
  'video/webm',
]);

/** Photos and thumbnails need not say what they are. */
const PICTURE = 'image/jpeg';

/** Sends the page the files of messages. */
export class PageFileSender {
  readonly #files: FileStore;

  constructor(files: FileStore) {
    this.#files = files;
  }

  /**
   * Answers with a file, or the part that is asked for. A browser that is led there saves it, whatever it
   * is; a picture or a player shows it all the same.
   *
   * @param number As it stands in the URL.
   * @throws {@link PageError} When there is no such file.
   */
  async send(number: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = /^\d{1,9}$/.test(number) ? this.#files.at(Number(number)) : undefined;
    if (!file) throw new PageError(404, 'There is no such file');
    response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${nameOf(file)}`);
    await sendFile(response, file, request.headers.range, typeOf(file));
  }
}

function typeOf({ kind, mimeType = '' }: StoredFile): string {
  const type = mimeType.toLowerCase().replace(/\s*;.*$/s, '');
  if (SHOWN.has(type)) return type;
  return kind === 'photo' || kind === 'thumbnail' ? PICTURE : 'application/octet-stream';
}

/** Escaped for the header; a lone half of a character is no name. */
function nameOf({ fileName, path }: StoredFile): string {
  const name = (fileName ?? path.replace(/^.*\//s, '')).toWellFormed();
  return encodeURIComponent(name).replaceAll(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
