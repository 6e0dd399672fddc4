import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { TelegramFileTransport } from './telegram-file-transport.js';
import {
  BotApiError,
  BotApiRateLimitError,
  BotApiTransportError,
  TelegramFileError,
} from '../errors/index.js';
import type { FileRange } from './file-range.interface.js';
import { LocalBotFiles } from './local-bot-files.js';

/** A file that Telegram has. */
export interface TelegramFile {
  /** In bytes; undefined when Telegram does not say it. */
  readonly size: number | undefined;
  /** The same for the same bytes, whoever sends them. */
  readonly uniqueId: string;
  /**
   * Streams the file, or the bytes of a range, which must lie within it.
   *
   * @throws {@link TelegramFileError}
   */
  readonly open: (range?: FileRange) => Promise<Readable>;
}

/** Reads files from Telegram: over HTTP, or from the disk of a local Bot API server. */
@Injectable()
export class TelegramFileReader {
  constructor(
    private readonly api: BotApiClient,
    private readonly transport: TelegramFileTransport,
    private readonly local: LocalBotFiles,
  ) {}

  /**
   * Finds a file by its `file_id`. It is guaranteed to be there for an hour.
   *
   * @throws {@link TelegramFileError} When Telegram does not give it.
   */
  async find(fileId: string): Promise<TelegramFile> {
    const { file_path: path, file_size: size, file_unique_id: uniqueId } = await this.#call(fileId);
    if (!path) throw new TelegramFileError('gone', 'Telegram does not say where it is');
    return { size, uniqueId, open: (range) => this.#open(path, range) };
  }

  async #call(fileId: string) {
    try {
      return await this.api.call('getFile', { file_id: fileId });
    } catch (error) {
      throw error instanceof BotApiError ? fileErrorOf(error) : error;
    }
  }

  async #open(path: string, range: FileRange | undefined): Promise<Readable> {
    if (this.local.isLocal(path)) return this.local.open(path, range);
    if (path.split('/').includes('..')) {
      throw new TelegramFileError('gone', 'Telegram names a path outside of its files');
    }
    return this.transport.download(path, range);
  }
}

function fileErrorOf(error: BotApiError): TelegramFileError {
  const { errorCode, description } = error;
  if (/file is too big/i.test(description)) {
    return new TelegramFileError(
      'too_big',
      'it has more than 20 MiB, which Telegram gives to bots only through a local Bot API server',
    );
  }
  const isRefusal = !(error instanceof BotApiTransportError);
  const isGone = isRefusal && (errorCode === 400 || errorCode === 404);
  const retryAfterMs = error instanceof BotApiRateLimitError ? error.retryAfterMs : undefined;
  return new TelegramFileError(isGone ? 'gone' : 'unavailable', error.message, retryAfterMs);
}
