import type { Cluster, Redis } from 'ioredis';
import { askRedis } from '../../redis/ask-redis.js';
import type { ThreadMessage } from '../../threads/thread-message.interface.js';
import {
  distinctMessages,
  MOST_THREAD_MESSAGES,
  ThreadMessageRepository,
} from '../../threads/thread-message.repository.js';

/** Where and for how long {@link RedisThreadMessageRepository} keeps its keys. */
export interface RedisThreadMessageOptions {
  readonly keyPrefix: string;
  readonly ttlSeconds: number;
}

/** Keeps the messages of each thread as a list under `<prefix>:messages:<threadId>` in Redis. */
export class RedisThreadMessageRepository extends ThreadMessageRepository {
  readonly #client: Redis | Cluster;
  readonly #options: RedisThreadMessageOptions;

  constructor(client: Redis | Cluster, options: RedisThreadMessageOptions) {
    super();
    this.#client = client;
    this.#options = options;
  }

  async add(threadId: string, messages: readonly ThreadMessage[]): Promise<void> {
    const key = this.#key(threadId);
    const texts = messages.map((message) => JSON.stringify(message));
    if (texts.length === 0) return;
    // Each write is harmless without the others, so no transaction is needed.
    const written = Promise.all([
      this.#client.rpush(key, ...texts),
      this.#client.ltrim(key, -MOST_THREAD_MESSAGES, -1),
      this.#client.pexpire(key, this.#options.ttlSeconds * 1000),
    ]);
    await askRedis('store a message of a thread', written);
  }

  async list(threadId: string): Promise<readonly ThreadMessage[]> {
    const read = this.#client.lrange(this.#key(threadId), 0, -1);
    const texts = await askRedis('look up the messages of a thread', read);
    return distinctMessages(
      texts.map((text) => {
        const message: ThreadMessage = JSON.parse(text);
        return message;
      }),
    );
  }

  async remove(threadId: string): Promise<void> {
    await askRedis('forget the messages of a thread', this.#client.del(this.#key(threadId)));
  }

  #key(threadId: string): string {
    return `${this.#options.keyPrefix}:messages:${threadId}`;
  }
}
