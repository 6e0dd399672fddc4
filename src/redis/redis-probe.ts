import { createHash, randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import {
  COMMANDS_ON_KEYS,
  READ_AND_WRITE,
  SAME_KEY,
  type OnKey,
  type RedisNeed,
} from './redis-commands.js';
import { RedisDenials, type RedisRights } from './redis-denials.js';
import type { RedisProblem } from './redis-problem.js';

/** What {@link RedisProbe} tries. */
export interface RedisProbeOptions extends RedisRights {
  /** The prefixes of keys. All commands are tried under the first; under the others only reading and writing. */
  readonly prefixes: readonly string[];
}

const SCRIPT = 'return 1';
const SCRIPT_DIGEST = createHash('sha1').update(SCRIPT).digest('hex');

/** Tries every command that the module needs, on temporary keys of its own. */
export class RedisProbe {
  readonly #client: Redis | Cluster;
  readonly #options: RedisProbeOptions;
  readonly #needs: RedisNeed[] = [];
  #ping: Promise<unknown> | undefined;

  constructor(client: Redis | Cluster, options: RedisProbeOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Tries this as well from now on. */
  alsoTry(need: RedisNeed): void {
    this.#needs.push(need);
  }

  /**
   * What Redis denies; null when it denies nothing.
   *
   * @throws When Redis does not answer.
   */
  async run(): Promise<RedisProblem | null> {
    // During an outage only one command waits, however often the probe runs.
    this.#ping ??= this.#client.ping().finally(() => (this.#ping = undefined));
    await addDenial(new RedisDenials(), 'PING', '', this.#ping);
    // All at once, so that rights which change meanwhile are not found half.
    const denials = new RedisDenials();
    const [first = '', ...others] = this.#options.prefixes;
    const key = keyUnder(first);
    await Promise.all([
      addDenial(denials, 'PING', '', this.#client.ping()),
      addDenial(denials, 'TIME', '', this.#client.time()),
      addDenial(denials, 'EVAL', first, this.#client.eval(SCRIPT, 1, key)),
      addDenial(denials, 'EVALSHA', first, this.#client.evalsha(SCRIPT_DIGEST, 1, key)),
      ...this.#tryUnder(denials, first, COMMANDS_ON_KEYS),
      ...others.flatMap((prefix) => this.#tryUnder(denials, prefix, READ_AND_WRITE)),
      ...this.#needs.flatMap(({ prefix, commands }) => this.#tryUnder(denials, prefix, commands)),
    ]);
    return denials.problem(this.#options);
  }

  #tryUnder(
    denials: RedisDenials,
    prefix: string,
    commands: readonly OnKey[],
  ): Array<Promise<void>> {
    const key = keyUnder(prefix);
    return commands.map(([command, ...args]) => {
      const after = args.map((arg) => (arg === SAME_KEY ? key : arg));
      return addDenial(denials, command, prefix, this.#client.call(command, key, ...after));
    });
  }
}

/** A key that nothing else uses. */
function keyUnder(prefix: string): string {
  return `${prefix}probe:${randomUUID()}`;
}

async function addDenial(
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
