import type { Cluster, Redis } from 'ioredis';
import { askRedis } from '../../redis/ask-redis.js';
import { assertIdentifier } from '../../threads/identifier.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import { ThreadMappingRepository } from '../../threads/thread-mapping.repository.js';

/** Where and for how long {@link RedisThreadMappingRepository} keeps its keys. */
export interface RedisThreadMappingOptions {
  readonly botId: number;
  readonly keyPrefix: string;
  readonly ttlSeconds: number;
  /** Also read `<prefix><messageId>`, the unscoped key of earlier systems. */
  readonly legacy: boolean;
}

/** Keeps each mapping under `<prefix><botId>:<chatId>:<messageId>` in Redis. */
export class RedisThreadMappingRepository extends ThreadMappingRepository {
  readonly #client: Redis | Cluster;
  readonly #options: RedisThreadMappingOptions;

  constructor(client: Redis | Cluster, options: RedisThreadMappingOptions) {
    super();
    this.#client = client;
    this.#options = options;
  }

  async store(message: MessageRef, threadId: string): Promise<void> {
    assertIdentifier('store', 'threadId', threadId);
    await askRedis(
      `store the thread of ${describe(message)}`,
      this.#client.set(this.#key(message), threadId, 'EX', this.#options.ttlSeconds),
    );
  }

  async find(message: MessageRef): Promise<string | null> {
    const threadId = await this.#read(message, this.#key(message));
    if (threadId !== null || !this.#options.legacy) return threadId;
    return this.#read(message, `${this.#options.keyPrefix}${message.messageId}`);
  }

  override async remove(message: MessageRef): Promise<void> {
    await askRedis(
      `forget the thread of ${describe(message)}`,
      this.#client.del(this.#key(message)),
    );
  }

  #key({ chatId, messageId }: MessageRef): string {
    return `${this.#options.keyPrefix}${this.#options.botId}:${chatId}:${messageId}`;
  }

  /** Reads and renews in one round trip. */
  #read(message: MessageRef, key: string): Promise<string | null> {
    return askRedis(
      `look up the thread of ${describe(message)}`,
      this.#client.getex(key, 'EX', this.#options.ttlSeconds),
    );
  }
}

function describe({ chatId, messageId }: MessageRef): string {
  return `message ${messageId} in chat ${chatId}`;
}
