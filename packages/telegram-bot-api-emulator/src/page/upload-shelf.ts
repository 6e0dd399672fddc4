import { randomUUID } from 'node:crypto';
import { PageError } from './page.error.js';

/** A file that the page has uploaded, but not sent yet. */
export interface PageUploadedFile {
  readonly bytes: Uint8Array;
  /** Empty without one. */
  readonly fileName: string;
  readonly mimeType: string;
}

/** Beyond this much, those that came first are dropped. */
const MAX_BYTES = 200_000_000;
const MAX_FILES = 100;

/** Keeps what the page uploads until it is sent. */
export class UploadShelf {
  readonly #files = new Map<string, PageUploadedFile>();
  #bytes = 0;

  /** Keeps a file; returns what it is found by. */
  add(file: PageUploadedFile): string {
    const id = randomUUID();
    this.#files.set(id, file);
    this.#bytes += file.bytes.length;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= MAX_BYTES && this.#files.size <= MAX_FILES) break;
      this.remove(oldest);
    }
    return id;
  }

  /** @throws {@link PageError} When there is no such file any more. */
  find(id: string): PageUploadedFile {
    const file = this.#files.get(id);
    if (!file) throw new PageError(400, 'The upload is not there any more; upload it again');
    return file;
  }

  remove(id: string): void {
    this.#bytes -= this.#files.get(id)?.bytes.length ?? 0;
    this.#files.delete(id);
  }
}
