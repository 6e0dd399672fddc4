import type { UploadedFile } from '../parameters/uploaded-file.interface.js';
import type { SpooledFile, UploadSpool } from './upload-spool.js';
import { decodeUtf8 } from './utf8-decoder.js';

/** A part of a multipart body: a text, or a file when it has a file name. */
export type MultipartPart =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly file: UploadedFile };

/** Puts a part of a multipart body together. */
export class PartCollector {
  readonly #name: string;
  readonly #file: Pick<UploadedFile, 'fileName' | 'contentType'> | undefined;
  readonly #spooled: SpooledFile | undefined;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  /**
   * @param file What is known of a file; undefined of a text.
   * @param spool Where the file is kept; in memory by default.
   */
  constructor(
    name: string,
    file?: Pick<UploadedFile, 'fileName' | 'contentType'>,
    spool?: UploadSpool,
  ) {
    this.#name = name;
    this.#file = file;
    this.#spooled = file && spool?.open();
  }

  /** How much of a text has come. */
  get textBytes(): number {
    return this.#file ? 0 : this.#size;
  }

  add(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#spooled) this.#spooled.add(chunk);
    else this.#chunks.push(chunk);
  }

  end(): MultipartPart {
    const name = this.#name;
    if (!this.#file) return { name, text: decodeUtf8(Buffer.concat(this.#chunks)) };
    if (this.#spooled) return { name, file: { ...this.#file, ...this.#spooled.end() } };
    const bytes = new Uint8Array(this.#size);
    let position = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, position);
      position += chunk.length;
    }
    return { name, file: { ...this.#file, bytes } };
  }
}
