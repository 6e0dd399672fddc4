import { createWriteStream } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isUint8Array } from 'node:util/types';
import { Injectable } from '@nestjs/common';
import { FileTooBigError } from './file-too-big.error.js';
import { UnusableFileError } from './unusable-file.error.js';

/** Each file has a directory of its own, so that one which is old is in use by nobody. */
const PREFIX = 'nestjs-telegram-support-';

/** Only a process that was killed leaves directories. */
const LEFT_AFTER_MS = 24 * 60 * 60 * 1000;

/** How a stream is written to a file. */
export interface SpoolOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Called with each chunk. */
  readonly onProgress: () => void;
}

/** Temporary files of this process, which only its user can read. */
@Injectable()
export class FileSpool {
  readonly #paths = new Set<string>();
  #isSwept = false;

  /**
   * Writes a stream to a file, and destroys the stream if that fails.
   *
   * @returns The path of the file.
   * @throws {@link FileTooBigError} When it has more than `maxBytes`.
   */
  async write(source: Readable, { maxBytes, signal, onProgress }: SpoolOptions): Promise<string> {
    await this.#sweep();
    const path = join(await mkdtemp(join(tmpdir(), PREFIX)), 'file');
    this.#paths.add(path);
    try {
      const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
      await pipeline(source, (chunks) => limited(chunks, maxBytes, onProgress), file, { signal });
      return path;
    } catch (error) {
      source.destroy();
      await this.remove(path);
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    if (!this.#paths.delete(path)) return;
    await rm(dirname(path), { recursive: true, force: true });
  }

  /** Removes all files. */
  async close(): Promise<void> {
    await Promise.all([...this.#paths].map((path) => this.remove(path)));
  }

  /** Removes, once, what killed processes of the same user have left. */
  async #sweep(): Promise<void> {
    if (this.#isSwept) return;
    this.#isSwept = true;
    const names = await readdir(tmpdir());
    for (const name of names.filter((each) => each.startsWith(PREFIX))) {
      const path = join(tmpdir(), name);
      const entry = await lstat(path).catch(() => undefined);
      if (!entry?.isDirectory() || entry.uid !== process.getuid?.()) continue;
      if (Date.now() - entry.mtimeMs < LEFT_AFTER_MS) continue;
      await rm(path, { recursive: true, force: true });
    }
  }
}

async function* limited(
  chunks: AsyncIterable<unknown>,
  maxBytes: number,
  onProgress: () => void,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (!isUint8Array(bytes))
      throw new UnusableFileError('its stream has something else than bytes');
    size += bytes.length;
    if (size > maxBytes) throw new FileTooBigError();
    onProgress();
    yield bytes;
  }
}
