import { Readable } from 'node:stream';
import { setDeadline } from '../common/deadline.js';
import type { Clock, Timer } from '../common/clock.js';
import { TelegramFileError } from '../errors/index.js';

/**
 * Two reads of a socket. With less, the source is paused after each of them, which costs a fifth of the throughput; with
 * more, a hundred downloads at a time take tens of MiB.
 */
const BUFFER_BYTES = 128 * 1024;

/** How a download is read. */
export interface FileDownloadOptions {
  /** How many bytes of the answer precede the wanted ones. */
  readonly skip: number;
  /** How many bytes are wanted. */
  readonly length: number;
  /** How long the server may send nothing while the reader waits. */
  readonly stallMs: number;
  readonly clock: Clock;
}

/**
 * The bytes of a file as they arrive. It reads no faster than its reader, and fails in words of the module: the errors
 * of the HTTP library may hold the URL, and with it the token.
 */
export class FileDownload extends Readable {
  readonly #source: Readable;
  readonly #options: FileDownloadOptions;
  #skip: number;
  #left: number;
  #deadline: Timer | undefined;

  constructor(source: Readable, options: FileDownloadOptions) {
    super({ highWaterMark: BUFFER_BYTES });
    this.#source = source;
    this.#options = options;
    this.#skip = options.skip;
    this.#left = options.length;
    source.on('data', (chunk: Buffer) => this.#receive(chunk));
    source.on('end', () => this.push(null));
    source.on('error', () => this.#fail('the connection broke'));
    source.on('close', () => {
      if (!source.readableEnded) this.#fail('the connection was closed');
    });
    source.pause();
  }

  override _read(): void {
    this.#wait();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#stopWaiting();
    this.#source.destroy();
    done(error);
  }

  #wait(): void {
    const { clock, stallMs } = this.#options;
    this.#deadline ??= setDeadline(clock, stallMs, () => {
      this.#fail(`Telegram sent nothing for ${stallMs} ms`);
    });
    this.#source.resume();
  }

  #receive(chunk: Buffer): void {
    this.#stopWaiting();
    const wanted = chunk.subarray(this.#skip, this.#skip + this.#left);
    this.#skip = Math.max(0, this.#skip - chunk.length);
    this.#left -= wanted.length;
    if (wanted.length === 0 && this.#left > 0) this.#wait();
    else if (!this.push(wanted)) this.#source.pause();
    if (this.#left === 0) {
      this.push(null);
      this.#source.destroy();
    }
  }

  #stopWaiting(): void {
    this.#deadline?.cancel();
    this.#deadline = undefined;
  }

  #fail(reason: string): void {
    if (this.readableEnded || this.#left === 0) return;
    this.destroy(new TelegramFileError('unavailable', `${reason}. Try it again`));
  }
}
