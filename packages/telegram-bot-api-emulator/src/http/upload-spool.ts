import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { UploadedFile } from '../parameters/uploaded-file.interface.js';

/** So much of each file is kept in memory too, since its beginning says what it is. */
const HEAD_BYTES = 1 << 20;

/** Writes uploads to a directory, so that they may be larger than the memory. */
export class UploadSpool {
  readonly #directory: string;
  #next = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Begins a file. */
  open(): SpooledFile {
    mkdirSync(this.#directory, { recursive: true });
    return new SpooledFile(join(this.#directory, `upload_${this.#next++}`));
  }
}

/** A file on its way to the disk. */
export class SpooledFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #head: Buffer[] = [];
  #size = 0;

  constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, 'w');
  }

  add(chunk: Buffer): void {
    const missing = HEAD_BYTES - this.#size;
    if (missing > 0) this.#head.push(Buffer.from(chunk.subarray(0, missing)));
    this.#size += chunk.length;
    writeSync(this.#descriptor, chunk);
  }

  end(): Pick<UploadedFile, 'bytes' | 'size' | 'storedAt'> {
    closeSync(this.#descriptor);
    const bytes = new Uint8Array(Buffer.concat(this.#head));
    return { bytes, size: this.#size, storedAt: this.#path };
  }
}
