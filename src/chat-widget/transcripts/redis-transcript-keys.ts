import { CHAT_COMMANDS, type RedisNeed } from '../../redis/redis-commands.js';

/** The keys of the chat in Redis. Those of one thread share a hash tag. */
export class RedisTranscriptKeys {
  /** The channel that says which threads have changed. */
  readonly channel: string;
  readonly #prefix: string;

  /** @param prefix What all keys begin with, the client's own prefix included. */
  constructor(prefix: string) {
    this.#prefix = prefix;
    this.channel = `${prefix}:changed`;
  }

  /** What the Redis user must be allowed to do with them. */
  get needs(): RedisNeed {
    return { prefix: `${this.#prefix}:`, commands: CHAT_COMMANDS };
  }

  /** In the order in which all scripts expect them: the record, the log, its index, the numbers, those of agents. */
  ofThread(threadId: string): readonly [string, string, string, string, string] {
    const base = `${this.#prefix}:{${threadId}}`;
    return [`${base}:thread`, `${base}:log`, `${base}:index`, `${base}:numbers`, `${base}:agents`];
  }

  /** The threads of a customer. */
  ofCustomer(customerId: string): string {
    return `${this.#prefix}:customer:${customerId}`;
  }
}
