import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';

/** A Lua script, which Redis runs in one step. It is sent once, and known by its digest from then on. */
export class RedisScript {
  readonly #lua: string;
  readonly #digest: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#digest = createHash('sha1').update(lua).digest('hex');
  }

  /** A script that {@link evenWhenFull full memory} does not keep from running. */
  static evenWhenFull(lua: string): RedisScript {
    return new RedisScript(evenWhenFull(lua));
  }

  /** Runs the script; a Redis that has forgotten it, or never knew it, is told it again. */
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
 * Has Redis run a script when its memory is full, because that frees more than it takes: a script is refused at
 * its first write that takes memory, but not once it has made one that takes none (documented with `EVAL`). Redis
 * 7 knows a flag for it, which older ones do not read.
 */
export function evenWhenFull(lua: string): string {
  return `if KEYS[1] then redis.call('DEL', KEYS[1] .. ':none') end\n${lua}`;
}
