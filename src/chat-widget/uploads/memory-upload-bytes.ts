import type { Clock } from '../../common/clock.js';
import type { FileRange } from '../../files/file-range.interface.js';
import { PIECE_BYTES, UploadBytes } from './upload-bytes.js';
import type { UploadLives } from './upload-lives.js';

interface KeptFile {
  readonly bytes: Buffer;
  readonly untilMs: number;
}

/**
 * Keeps the bytes in the memory of this process, up to a total size: then the oldest go, which customers see as files
 * that are no longer there.
 */
export class MemoryUploadBytes extends UploadBytes {
  /** Oldest first. */
  readonly #files = new Map<string, KeptFile>();
  readonly #clock: Clock;
  readonly #lives: UploadLives;
  readonly #mostBytes: number;
  #totalBytes = 0;

  constructor(clock: Clock, lives: UploadLives, mostBytes: number) {
    super();
    this.#clock = clock;
    this.#lives = lives;
    this.#mostBytes = mostBytes;
  }

  put(uploadId: string, given: Uint8Array): Promise<void> {
    this.#forget(uploadId);
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    const nowMs = this.#clock.monotonicMs();
    this.#files.set(uploadId, { bytes, untilMs: nowMs + this.#lives.unsentMs });
    this.#totalBytes += bytes.length;
    for (const [id, { untilMs }] of this.#files) if (untilMs <= nowMs) this.#forget(id);
    for (const id of this.#files.keys()) {
      if (this.#totalBytes <= this.#mostBytes) break;
      this.#forget(id);
    }
    return Promise.resolve();
  }

  keep(uploadId: string): Promise<boolean> {
    const bytes = this.#bytesOf(uploadId);
    // It keeps its place: the oldest go first, sent or not.
    if (bytes) {
      const untilMs = this.#clock.monotonicMs() + this.#lives.sentMs;
      this.#files.set(uploadId, { bytes, untilMs });
    }
    return Promise.resolve(bytes !== null);
  }

  get(uploadId: string): Promise<Buffer | null> {
    return Promise.resolve(this.#bytesOf(uploadId));
  }

  async *read(uploadId: string, { start, end }: FileRange): AsyncGenerator<Buffer, void> {
    for (let at = start; at <= end; at += PIECE_BYTES) {
      const bytes = await this.get(uploadId);
      if (!bytes) return;
      yield bytes.subarray(at, Math.min(end + 1, at + PIECE_BYTES));
    }
  }

  delete(uploadIds: readonly string[]): Promise<void> {
    for (const uploadId of uploadIds) this.#forget(uploadId);
    return Promise.resolve();
  }

  #bytesOf(uploadId: string): Buffer | null {
    const file = this.#files.get(uploadId);
    return file && file.untilMs > this.#clock.monotonicMs() ? file.bytes : null;
  }

  #forget(uploadId: string): void {
    const file = this.#files.get(uploadId);
    if (!file) return;
    this.#totalBytes -= file.bytes.length;
    this.#files.delete(uploadId);
  }
}
