import { createHash, randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { COMMANDS_ON_KEYS, READ_AND_WRITE, SAME_KEY, type OnKey } from './redis-commands.js';
import { RedisDenials, type RedisRights } from './redis-denials.js';
import type { RedisProblem } from './redis-problem.js';

/** What {@link RedisProbe} tries. */
export interface RedisProbeParts extends RedisRights {
  /** What keys begin with. Everything is tried below the first one; the others are read and written. */
  readonly prefixes: readonly string[];
}

const SCRIPT = 'return 1';
const SCRIPT_DIGEST = createHash('sha1').update(SCRIPT).digest('hex');

/** Tries all that the module asks of Redis, on keys of its own that live for a moment. */
export class RedisProbe {
  readonly #client: Redis | Cluster;
  readonly #parts: RedisProbeParts;
  #ping: Promise<unknown> | undefined;

  constructor(client: Redis | Cluster, parts: RedisProbeParts) {
    this.#client = client;
    this.#parts = parts;
  }

  /**
   * What Redis denies; null when it denies nothing.
   *
   * @throws When it does not answer.
   */
  async run(): Promise<RedisProblem | null> {
    const denials = new RedisDenials();
    // While Redis is away, one command waits for it, however often it is tried.
    this.#ping ??= this.#client.ping().finally(() => (this.#ping = undefined));
    await noted(denials, 'PING', '', this.#ping);
    const [first = '', ...others] = this.#parts.prefixes;
    const key = keyBelow(first);
    await Promise.all([
      noted(denials, 'TIME', '', this.#client.time()),
      noted(denials, 'EVAL', first, this.#client.eval(SCRIPT, 1, key)),
      noted(denials, 'EVALSHA', first, this.#client.evalsha(SCRIPT_DIGEST, 1, key)),
      ...this.#below(denials, first, COMMANDS_ON_KEYS),
      ...others.flatMap((prefix) => this.#below(denials, prefix, READ_AND_WRITE)),
    ]);
    return denials.trouble(this.#parts);
  }

  #below(denials: RedisDenials, prefix: string, commands: readonly OnKey[]): Array<Promise<void>> {
    const key = keyBelow(prefix);
    return commands.map(([command, ...args]) => {
      const after = args.map((arg) => (arg === SAME_KEY ? key : arg));
      return noted(denials, command, prefix, this.#client.call(command, key, ...after));
    });
  }
}

/** A key that nobody else uses. */
function keyBelow(prefix: string): string {
  return `${prefix}probe:${randomUUID()}`;
}

async function noted(
  denials: RedisDenials,
  command: string,
  prefix: string,
  answer: Promise<unknown>,
): Promise<void> {
  try {
    await answer;
  } catch (error) {
    denials.add(error, command, prefix);
  }
}
