import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { DownloadLinks } from '../../files/download-links.js';
import type { FileStore } from '../../files/file-store.js';
import type { LocalFiles } from '../../files/local-files.js';
import type { StoredFile } from '../../files/stored-file.js';
import { TextError } from '../../text/text.error.js';

/** Bots can download no more (telegram-bot-api, Client.cpp, `MAX_DOWNLOAD_FILE_SIZE`). */
const MAX_DOWNLOAD_BYTES = 20 << 20;

/** Says where the file endpoint has a file. */
export class GetFileMethod implements BotApiMethod {
  readonly name = 'getFile';
  readonly #files: FileStore;
  readonly #links: DownloadLinks;
  readonly #local: LocalFiles | undefined;
  readonly #maxBytes: number;

  /**
   * @param local Where a local server puts the files, of which it limits the size of none.
   * @param maxBytes How large a file may be that is downloaded over HTTP.
   */
  constructor(
    files: FileStore,
    links: DownloadLinks,
    local?: LocalFiles,
    maxBytes = MAX_DOWNLOAD_BYTES,
  ) {
    this.#files = files;
    this.#links = links;
    this.#local = local;
    this.#maxBytes = maxBytes;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess | Promise<BotApiSuccess> {
    const fileId = parameters.text('file_id');
    if (fileId === '') throw BotApiError.of(400, 'file_id not specified');
    const file = this.#find(fileId, bot.id);
    if (!file) {
      throw BotApiError.of(400, 'wrong file_id or the file is temporarily unavailable');
    }
    const result = {
      file_id: fileId,
      file_unique_id: this.#files.uniqueIdOf(file),
      file_size: file.size,
    };
    if (this.#local) {
      const written = this.#local.write(bot.token, file);
      return written.then((path) => ({ result: { ...result, file_path: path } }));
    }
    if (file.size > this.#maxBytes) throw BotApiError.of(400, 'file is too big');
    this.#links.grant(bot.id, file);
    return { result: { ...result, file_path: file.path } };
  }

  #find(fileId: string, botId: number): StoredFile | undefined {
    try {
      return this.#files.find(fileId, botId);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      throw BotApiError.of(400, 'invalid file_id');
    }
  }
}
