import { hash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import { RedisScript } from '../../redis/redis-script.js';
import { LEAST_BYTES, UploadIndex, type IndexedUpload, type UploadOwner } from './upload-index.js';

/**
 * Each field of the hash is an upload, its value `<until>:<bytes>` by the clock of Redis.
 *
 * KEYS: uploads. ARGV: id, bytes, lifeMs, mostBytes. 1: added; 0: no room.
 */
const ADD = new RedisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = now + tonumber(ARGV[3])
local entry = string.format('%.0f:%s', last, ARGV[2])
local total = tonumber(ARGV[2])
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local ends, bytes = string.match(all[i + 1], '^(%d+):(%d+)$')
  if tonumber(ends) <= now then
    redis.call('HDEL', KEYS[1], all[i])
  elseif all[i] ~= ARGV[1] then
    total = total + tonumber(bytes)
    last = math.max(last, tonumber(ends))
  end
end
if total > tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], entry)
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last))
return 1`);

/** Knows the uploads of all processes. */
export class RedisUploadIndex extends UploadIndex {
  readonly #client: Redis | Cluster;
  readonly #keyPrefix: string;

  constructor(client: Redis | Cluster, keyPrefix: string) {
    super();
    this.#client = client;
    this.#keyPrefix = keyPrefix;
  }

  async add(
    owner: UploadOwner,
    { id, bytes, lifeMs }: IndexedUpload,
    mostBytes: number,
  ): Promise<boolean> {
    const args = [id, Math.max(LEAST_BYTES, bytes), lifeMs, mostBytes];
    const run = ADD.run(this.#client, [this.#keyOf(owner)], args);
    return (await withTimeout(run, REDIS_TIMEOUT_MS)) === 1;
  }

  list(owner: UploadOwner): Promise<string[]> {
    return withTimeout(this.#client.hkeys(this.#keyOf(owner)), REDIS_TIMEOUT_MS);
  }

  async remove(owner: UploadOwner, uploadIds: readonly string[]): Promise<void> {
    if (uploadIds.length === 0) return;
    await withTimeout(this.#client.hdel(this.#keyOf(owner), ...uploadIds), REDIS_TIMEOUT_MS);
  }

  #keyOf({ kind, id }: UploadOwner): string {
    return `${this.#keyPrefix}${kind}:${hash('sha256', id)}`;
  }
}
