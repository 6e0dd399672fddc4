import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { UnreadableUploadError } from './unreadable-upload.error.js';
import type { Upload } from './upload.interface.js';

const LINE_BREAK = '\r\n';

/** As browsers write these in the name of a file; they would end the header. */
const ESCAPES: Readonly<Record<string, string>> = { '\r': '%0D', '\n': '%0A', '"': '%22' };

/** The body of a call with files: `multipart/form-data` of known length, of which one chunk is in memory at a time. */
export class MultipartBody {
  readonly stream: Readable;
  readonly #boundary = `----${randomUUID()}`;
  readonly #fields: string;
  readonly #end = `--${this.#boundary}--${LINE_BREAK}`;
  #isComplete = false;
  #failure: UnreadableUploadError | undefined;
  /** The content of the file that is sent at present. */
  #content: Readable | undefined;

  /** @param params Each is a part; what is no text is written as JSON. */
  constructor(
    params: object,
    private readonly uploads: readonly Upload[],
  ) {
    this.#fields = Object.entries(params)
      .map(([name, value]) => this.#headOf(`name="${name}"`) + textOf(value) + LINE_BREAK)
      .join('');
    this.stream = Readable.from(this.#chunks(), { objectMode: false });
  }

  get contentType(): string {
    return `multipart/form-data; boundary=${this.#boundary}`;
  }

  /** In bytes. */
  get length(): number {
    const texts = [this.#fields, ...this.uploads.map((upload) => this.#headOfFile(upload))];
    const overhead = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const content = this.uploads.reduce((sum, { size }) => sum + size + LINE_BREAK.length, 0);
    return overhead + content + this.#end.length;
  }

  /** Whether all of it was handed over. Without its end, no server carries out the call. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Why it could not be handed over, if a file is at fault. */
  get failure(): UnreadableUploadError | undefined {
    return this.#failure;
  }

  /** Closes the file that is open, also one that is waited for. */
  close(): void {
    this.stream.destroy();
    this.#content?.destroy();
  }

  async *#chunks(): AsyncGenerator<Buffer> {
    yield Buffer.from(this.#fields);
    for (const upload of this.uploads) {
      yield Buffer.from(this.#headOfFile(upload));
      yield* this.#contentOf(upload);
      yield Buffer.from(LINE_BREAK);
    }
    this.#isComplete = true;
    yield Buffer.from(this.#end);
  }

  async *#contentOf(upload: Upload): AsyncGenerator<Buffer> {
    let left = upload.size;
    try {
      this.#content = upload.open();
      const content: AsyncIterable<Buffer> = this.#content;
      for await (const chunk of content) {
        left -= chunk.length;
        if (left < 0) break;
        yield chunk;
      }
      if (left !== 0) throw new RangeError(`The file no longer has ${upload.size} bytes`);
    } catch (cause) {
      this.#failure = new UnreadableUploadError(upload.field, { cause });
      throw this.#failure;
    }
  }

  #headOfFile({ field, name, contentType }: Upload): string {
    const type = `Content-Type: ${escaped(contentType)}${LINE_BREAK}`;
    return this.#headOf(`name="${field}"; filename="${escaped(name)}"`, type);
  }

  #headOf(names: string, furtherLines = ''): string {
    const disposition = `Content-Disposition: form-data; ${names}${LINE_BREAK}`;
    return `--${this.#boundary}${LINE_BREAK}${disposition}${furtherLines}${LINE_BREAK}`;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\r\n"]/g, (character) => ESCAPES[character] ?? character);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
