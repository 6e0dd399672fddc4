import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import type { FileRange } from '../../files/file-range.interface.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { PIECE_BYTES, UploadBytes } from './upload-bytes.js';
import type { UploadLives } from './upload-lives.js';

/** The slowest connection to Redis that is waited for. */
const BYTES_PER_MS = 5_000;

/** Keeps the bytes in Redis, for all processes: each upload is a string of its own. */
export class RedisUploadBytes extends UploadBytes {
  readonly #client: Redis | Cluster;
  readonly #keyPrefix: string;
  readonly #lives: UploadLives;
  readonly #mostBytes: number;

  /** @param mostBytes Of an upload; reading a whole one is waited for accordingly. */
  constructor(client: Redis | Cluster, keyPrefix: string, lives: UploadLives, mostBytes: number) {
    super();
    this.#client = client;
    this.#keyPrefix = keyPrefix;
    this.#lives = lives;
    this.#mostBytes = mostBytes;
  }

  async put(uploadId: string, bytes: Uint8Array): Promise<void> {
    const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const write = this.#client.set(this.#keyOf(uploadId), value, 'PX', this.#lives.unsentMs);
    await withTimeout(write, timeoutFor(bytes.byteLength));
  }

  async keep(uploadId: string): Promise<boolean> {
    const renew = this.#client.pexpire(this.#keyOf(uploadId), this.#lives.sentMs);
    return (await withTimeout(renew, REDIS_TIMEOUT_MS)) === 1;
  }

  get(uploadId: string): Promise<Buffer | null> {
    const read = this.#client.getBuffer(this.#keyOf(uploadId));
    return withTimeout(read, timeoutFor(this.#mostBytes));
  }

  async *read(uploadId: string, { start, end }: FileRange): AsyncGenerator<Buffer, void> {
    for (let at = start; at <= end; at += PIECE_BYTES) {
      const last = Math.min(end, at + PIECE_BYTES - 1);
      const read = this.#client.getrangeBuffer(this.#keyOf(uploadId), at, last);
      const piece = await withTimeout(read, timeoutFor(PIECE_BYTES));
      if (piece.length === 0) return;
      yield piece;
    }
  }

  async delete(uploadIds: readonly string[]): Promise<void> {
    // One by one: in a cluster their keys are in different slots.
    const deletions = uploadIds.map((uploadId) => this.#client.unlink(this.#keyOf(uploadId)));
    await withTimeout(Promise.all(deletions), REDIS_TIMEOUT_MS);
  }

  #keyOf(uploadId: string): string {
    return this.#keyPrefix + uploadId;
  }
}

function timeoutFor(bytes: number): number {
  return REDIS_TIMEOUT_MS + Math.ceil(bytes / BYTES_PER_MS);
}
