import { createWriteStream } from 'node:fs';
import { access, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { streamContent } from './file-content.js';
import type { StoredFile } from './stored-file.js';

/**
 * The directory of a local Bot API server, where each bot has a folder under its token
 * (tdlib/telegram-bot-api, Client.cpp:8702, 16676-16685).
 */
export class LocalFiles {
  readonly #directory: string;
  #written = 0;

  /** @param directory An absolute path. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes a file, unless it is there already; resolves with its absolute path. */
  async write(token: string, file: StoredFile): Promise<string> {
    const path = join(this.#directory, token, file.path);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
    await mkdir(dirname(path), { recursive: true });
    // Whoever finds the file finds all of it.
    const unfinished = `${path}.${this.#written++}.part`;
    await pipeline(streamContent(file), createWriteStream(unfinished));
    await rename(unfinished, path);
    return path;
  }
}
