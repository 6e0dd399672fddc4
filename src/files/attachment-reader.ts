import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { FileStore } from '../storage/file-store.js';
import { AttachmentLoaders } from './attachment-loaders.js';
import { FileSourceError } from './file-source.error.js';
import { FileSpool } from './file-spool.js';
import { FileTooBigError } from './file-too-big.error.js';
import { HEAD_BYTES, MAX_LOCAL_UPLOAD_BYTES, MAX_UPLOAD_BYTES } from './file.constants.js';
import type { LoadDeadline } from './load-deadline.js';
import type { StoredAttachment } from './stored-attachment.interface.js';
import { UnusableFileError } from './unusable-file.error.js';
import { UrlFetcher } from './url-fetcher.js';

/** How much of a stored file is one chunk of its stream. */
const CHUNK_BYTES = 64 * 1024;

/** A file that is on this machine, or in the store. */
export interface ReadFile {
  readonly size: number;
  /** Its beginning: all that is needed to see what it is. */
  readonly head: Buffer;
  /** The temporary file to remove when it is sent. */
  readonly spooledAt?: string;
  readonly open: () => Readable;
}

/** Makes the bytes of attachments readable, whatever their source is, without having them in memory. */
@Injectable()
export class AttachmentReader {
  readonly #maxBytes: number;

  constructor(
    private readonly files: FileStore,
    private readonly spool: FileSpool,
    private readonly urls: UrlFetcher,
    private readonly loaders: AttachmentLoaders,
    { files: settings }: TelegramSettings,
  ) {
    this.#maxBytes = settings.root === undefined ? MAX_UPLOAD_BYTES : MAX_LOCAL_UPLOAD_BYTES;
  }

  /**
   * @throws {@link FileTooBigError} When Telegram does not take a file of this size.
   * @throws {@link UnusableFileError} When another try is in vain.
   * @throws What the source fails with.
   */
  async read({ source }: StoredAttachment, deadline: LoadDeadline): Promise<ReadFile> {
    switch (source.kind) {
      case 'stored':
        return this.#readStored(source.fileId);
      case 'path':
        return this.#readFile(source.path);
      case 'url':
        return this.#spooled(this.urls.open(source.url, this.#maxBytes, deadline.signal), deadline);
      case 'load':
        return this.#spooled(this.loaders.open(source.id, deadline.signal), deadline);
    }
  }

  async #readStored(fileId: string): Promise<ReadFile> {
    const bytes = await this.files.get(fileId);
    if (!bytes) throw new UnusableFileError('its bytes are not stored any more');
    // Read anew when it is sent, because a job with many files may wait for long.
    const chunks = () => chunksOf(this.files, fileId);
    return {
      size: bytes.length,
      head: Buffer.from(bytes.subarray(0, HEAD_BYTES)),
      open: () => Readable.from(chunks(), { objectMode: false }),
    };
  }

  async #spooled(opening: Promise<Readable>, deadline: LoadDeadline): Promise<ReadFile> {
    const source = await opening;
    // Its error is that of the pipeline; without a listener it would end the process.
    source.on('error', () => undefined);
    const { signal, progress: onProgress } = deadline;
    const path = await this.spool.write(source, { maxBytes: this.#maxBytes, signal, onProgress });
    try {
      const file = await this.#readFile(path);
      // Whoever has aborted it does not wait for it.
      signal.throwIfAborted();
      return { ...file, spooledAt: path };
    } catch (error) {
      await this.spool.remove(path);
      throw error;
    }
  }

  async #readFile(path: string): Promise<ReadFile> {
    try {
      const entry = await stat(path);
      if (!entry.isFile()) throw new UnusableFileError('it is no file');
      const { size } = entry;
      if (size === 0) throw new UnusableFileError('it is empty');
      if (size > this.#maxBytes) throw new FileTooBigError(size);
      const head = await headOf(path);
      // Not more than that, when something is appended to it meanwhile.
      return { size, head, open: () => createReadStream(path, { end: size - 1 }) };
    } catch (error) {
      throw withoutPath(error);
    }
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function* chunksOf(files: FileStore, fileId: string): AsyncGenerator<Buffer> {
  const bytes = await files.get(fileId);
  if (!bytes) throw new UnusableFileError('its bytes are not stored any more');
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

/** The paths of the app's files are not for agents. */
function withoutPath(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new FileSourceError(
    error.code === 'ENOENT'
      ? 'the file is not there'
      : `reading it failed with ${String(error.code)}`,
  );
}
