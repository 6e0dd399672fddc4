import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { FileStore } from '../file-store.js';

/** The slowest connection to Redis that is waited for. */
const BYTES_PER_MS = 5_000;

/** Keeps the bytes in Redis, for all processes: each file is a string of its own. */
export class RedisFileStore extends FileStore {
  readonly #client: Redis | Cluster;
  readonly #keyPrefix: string;
  readonly #lifeMs: number;
  readonly #mostBytes: number;

  /** @param mostBytes Of a file; reading one is waited for accordingly. */
  constructor(client: Redis | Cluster, keyPrefix: string, lifeMs: number, mostBytes: number) {
    super();
    this.#client = client;
    this.#keyPrefix = keyPrefix;
    this.#lifeMs = lifeMs;
    this.#mostBytes = mostBytes;
  }

  async put(fileId: string, bytes: Uint8Array): Promise<void> {
    const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const write = this.#client.set(this.#keyPrefix + fileId, value, 'PX', this.#lifeMs);
    await withTimeout(write, timeoutFor(bytes.byteLength));
  }

  get(fileId: string): Promise<Buffer | null> {
    const read = this.#client.getBuffer(this.#keyPrefix + fileId);
    return withTimeout(read, timeoutFor(this.#mostBytes));
  }

  async delete(fileIds: readonly string[]): Promise<void> {
    if (fileIds.length === 0) return;
    const keys = fileIds.map((fileId) => this.#keyPrefix + fileId);
    await withTimeout(this.#client.unlink(...keys), REDIS_TIMEOUT_MS);
  }
}

function timeoutFor(bytes: number): number {
  return REDIS_TIMEOUT_MS + Math.ceil(bytes / BYTES_PER_MS);
}
