import type { RedisProblem } from './redis-problem.js';
import { denialOf, isAnswerToAnother, isRedisAnswer } from './redis-denial.js';
import { toError } from '../errors/index.js';

/** Who is to be given rights, and to what. */
export interface RedisRights {
  /** The Redis user. */
  readonly user: string;
  /** The ACL patterns of all keys. */
  readonly patterns: readonly string[];
}

/** Gathers what Redis denies, and says it in words. */
export class RedisDenials {
  readonly #commands = new Set<string>();
  readonly #unknown = new Set<string>();
  readonly #prefixes = new Set<string>();
  #memory: string | undefined;
  #writes: string | undefined;

  /**
   * Notes how a command was answered. What else is wrong with it is of no interest.
   *
   * @param prefix What its key begins with.
   * @throws The error when it is no answer of Redis's to this command.
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
  trouble(rights: RedisRights): RedisProblem | null {
    if (this.#unknown.size > 0) {
      const remedy = 'take it out of rename-command, or use a Redis that has it';
      return { summary: `it has no ${listOf(this.#unknown)}`, remedy, allowsWork: false };
    }
    if (this.#commands.size + this.#prefixes.size > 0) return this.#missingRights(rights);
    if (this.#writes !== undefined) {
      return { summary: this.#writes, remedy: 'mend its disk', allowsWork: false };
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
    const rules = [
      ...patterns.map((pattern) => `~${pattern}`),
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
