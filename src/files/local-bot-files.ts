import { open, realpath, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { TelegramFileError } from '../errors/index.js';
import type { BotToken } from '../secrets/bot-token.js';
import type { FileRange } from './file-range.interface.js';

/**
 * The files of a local Bot API server, which names them by absolute paths on its machine, such as
 * `/var/lib/telegram-bot-api/<token>/photos/file_0.jpg`. The token may appear in no error.
 */
export class LocalBotFiles {
  readonly #root: string | undefined;
  readonly #token: BotToken;

  /** @param root The working directory of the server, as this process sees it; undefined when it does not. */
  constructor(root: string | undefined, token: BotToken) {
    this.#root = root;
    this.#token = token;
  }

  /** Whether a `file_path` is one of a local server. */
  isLocal(path: string): boolean {
    return /^(?:[/\\]|[a-z]:[/\\])/i.test(path);
  }

  /** @throws {@link TelegramFileError} When the file is not below the directory, or cannot be read. */
  async open(path: string, range?: FileRange): Promise<Readable> {
    if (this.#root === undefined) {
      throw new TelegramFileError(
        'unavailable',
        'the local Bot API server keeps it on its own disk. Set files.root to its working directory, as this process sees it',
      );
    }
    const handle = await this.#find(this.#root, path);
    const isFile = handle && (await handle.stat()).isFile();
    if (isFile) return handle.createReadStream({ ...range });
    await handle?.close();
    throw new TelegramFileError(
      'gone',
      'it is not below files.root. Check that files.root is the working directory of the local Bot API server',
    );
  }

  /** The server has a directory for each bot, named by its token. */
  async #find(root: string, path: string): Promise<FileHandle | null> {
    const token = this.#token.reveal();
    // On Windows a name has no colon.
    const names = new Set([token, token.replace(':', '~')]);
    const parts = path.split(/[/\\]/);
    const at = parts.findIndex((part) => names.has(part));
    return at === -1 ? null : openBelow(root, join(...parts.slice(at)));
  }
}

/** Null when there is no such file, or a link or dots lead elsewhere. */
async function openBelow(root: string, path: string): Promise<FileHandle | null> {
  try {
    const [directory, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
    return file.startsWith(directory + sep) ? await open(file, 'r') : null;
  } catch {
    // The error would name the path.
    return null;
  }
}
