import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';

/** A Lua script, which Redis runs atomically. Its text is sent once, afterwards only its digest. */
export class RedisScript {
  readonly #lua: string;
  readonly #digest: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#digest = createHash('sha1').update(lua).digest('hex');
  }

  /** A script that also runs when the memory of Redis is full, see {@link evenWhenFull}. */
  static evenWhenFull(lua: string): RedisScript {
    return new RedisScript(evenWhenFull(lua));
  }

  /** Runs the script by its digest, and sends its text when Redis does not have it. */
  async run(
    client: Redis | Cluster,
    keys: readonly string[],
    args: ReadonlyArray<string | number>,
  ): Promise<unknown> {
    try {
      return await client.evalsha(this.#digest, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return client.eval(this.#lua, keys.length, ...keys, ...args);
    }
  }
}

/**
 * Makes Redis run a script when its memory is full, for scripts that free more than they use. Redis refuses a
 * script at its first write if that needs memory, but no longer after a write that needs none (documented with
 * `EVAL`). The flag `allow-oom` of Redis 7 does the same; Redis 6 does not support it.
 */
export function evenWhenFull(lua: string): string {
  return `if KEYS[1] then redis.call('DEL', KEYS[1] .. ':none') end\n${lua}`;
}
