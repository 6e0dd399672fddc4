import type { RedisProblem } from './redis-problem.js';
import { denialOf, isAnswerToAnother, isRedisAnswer } from './redis-denial.js';
import { toError } from '../errors/index.js';

/** The Redis user and the keys it needs. */
export interface RedisRights {
  /** The Redis user. */
  readonly user: string;
  /** The ACL patterns of all keys. */
  readonly patterns: readonly string[];
}

/** Collects what Redis denies, and describes it with a remedy. */
export class RedisDenials {
  readonly #commands = new Set<string>();
  readonly #unknown = new Set<string>();
  readonly #prefixes = new Set<string>();
  #memory: string | undefined;
  #writes: string | undefined;

  /**
   * Adds the error of a command; one that is no denial is ignored.
   *
   * @param prefix What the key of the command begins with.
   * @throws The error when it is not the answer of Redis to this command.
   */
  add(error: unknown, command: string, prefix: string): void {
    if (!isRedisAnswer(error) || isAnswerToAnother(error, command)) throw error;
    const { message } = toError(error);
    switch (denialOf(error)) {
      case 'command':
        this.#commands.add(command);
        break;
      case 'key':
        this.#prefixes.add(prefix);
        break;
      case 'unknown':
        this.#unknown.add(command);
        break;
      case 'memory':
        this.#memory = message;
        break;
      case 'writes':
        this.#writes = message;
        break;
      case undefined:
    }
  }

  /** Null when nothing is denied. */
  problem(rights: RedisRights): RedisProblem | null {
    if (this.#unknown.size > 0) {
      const remedy = 'take it out of rename-command, or use a Redis that has it';
      return { summary: `it has no ${listOf(this.#unknown)}`, remedy, allowsWork: false };
    }
    if (this.#commands.size + this.#prefixes.size > 0) return this.#missingRights(rights);
    if (this.#writes !== undefined) {
      return {
        summary: this.#writes,
        remedy: 'make its disk writable again, see the log of the Redis server',
        allowsWork: false,
      };
    }
    if (this.#memory === undefined) return null;
    const remedy = 'free memory in it, or give it more with maxmemory';
    return { summary: `it is full: ${this.#memory}`, remedy, allowsWork: true };
  }

  #missingRights({ user, patterns }: RedisRights): RedisProblem {
    const denied = [
      ...(this.#commands.size > 0 ? [`may not run ${listOf(this.#commands)}`] : []),
      ...(this.#prefixes.size > 0
        ? [`may not use keys that begin with ${listOf(this.#prefixes)}`]
        : []),
    ];
    // Redis refuses a pattern for a user who may use all keys.
    const rules = [
      ...(this.#prefixes.size > 0 ? patterns.map((pattern) => `~${pattern}`) : []),
      ...[...this.#commands].map((command) => `+${command.toLowerCase()}`),
    ];
    return {
      summary: `its user ${user} ${denied.join(' and ')}`,
      remedy: `ACL SETUSER ${user} ${rules.join(' ')}`,
      allowsWork: false,
    };
  }
}

function listOf(words: Iterable<string>): string {
  return [...words].join(', ');
}
