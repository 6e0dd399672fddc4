import type { TtlMap } from '../../common/ttl-map.js';
import { FileStore } from '../file-store.js';

/** Keeps the bytes in the memory of this process, until it ends. */
export class MemoryFileStore extends FileStore {
  readonly #files: TtlMap<Buffer>;

  constructor(files: TtlMap<Buffer>) {
    super();
    this.#files = files;
  }

  put(fileId: string, bytes: Uint8Array): Promise<void> {
    this.#files.set(fileId, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return Promise.resolve();
  }

  get(fileId: string): Promise<Buffer | null> {
    return Promise.resolve(this.#files.get(fileId) ?? null);
  }

  delete(fileIds: readonly string[]): Promise<void> {
    for (const fileId of fileIds) this.#files.delete(fileId);
    return Promise.resolve();
  }
}
