import type { Cluster, Redis } from 'ioredis';
import { askRedis } from '../../redis/ask-redis.js';
import { LastNoticeRepository } from '../../threads/last-notice.repository.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import { MOST_RECENT_NOTICES, type RecentNotice } from '../../threads/recent-notice.interface.js';

/** Where and for how long {@link RedisLastNoticeRepository} keeps its keys. */
export interface RedisLastNoticeOptions {
  readonly keyPrefix: string;
  /** Where the newest notices of all threads are. */
  readonly recentKey: string;
  readonly ttlSeconds: number;
}

/** Keeps `<chatId>:<messageId>` of the newest notice of each thread under `<prefix><threadId>` in Redis. */
export class RedisLastNoticeRepository extends LastNoticeRepository {
  readonly #client: Redis | Cluster;
  readonly #options: RedisLastNoticeOptions;

  constructor(client: Redis | Cluster, options: RedisLastNoticeOptions) {
    super();
    this.#client = client;
    this.#options = options;
  }

  async store(threadId: string, { chatId, messageId }: MessageRef): Promise<void> {
    await askRedis(
      'store the last notice of a thread',
      this.#client.set(
        this.#key(threadId),
        `${chatId}:${messageId}`,
        'EX',
        this.#options.ttlSeconds,
      ),
    );
  }

  async find(threadId: string): Promise<MessageRef | null> {
    const stored = await askRedis(
      'look up the last notice of a thread',
      this.#client.get(this.#key(threadId)),
    );
    const [chatId, messageId] = stored?.split(':').map(Number) ?? [];
    return chatId === undefined || messageId === undefined ? null : { chatId, messageId };
  }

  async remove(threadId: string): Promise<void> {
    await askRedis('forget the last notice of a thread', this.#client.del(this.#key(threadId)));
    const { recentKey } = this.#options;
    for (const notice of await this.recent()) {
      if (notice.threadId !== threadId) continue;
      await askRedis(
        'forget a newest notice of a thread',
        this.#client.lrem(recentKey, 0, entryOf(notice)),
      );
    }
  }

  async addRecent({ threadId, messageId, date }: RecentNotice): Promise<void> {
    const { recentKey, ttlSeconds } = this.#options;
    // Each write is harmless without the others, so no transaction is needed.
    const written = Promise.all([
      this.#client.lpush(recentKey, entryOf({ threadId, messageId, date })),
      this.#client.ltrim(recentKey, 0, MOST_RECENT_NOTICES - 1),
      this.#client.pexpire(recentKey, ttlSeconds * 1000),
    ]);
    await askRedis('add to the newest notices', written);
  }

  async recent(): Promise<readonly RecentNotice[]> {
    const stored = await askRedis(
      'look up the newest notices',
      this.#client.lrange(this.#options.recentKey, 0, -1),
    );
    return stored.flatMap((entry) => {
      const [, messageId, date, threadId] = /^(\d+):(\d+):(.*)$/s.exec(entry) ?? [];
      if (threadId === undefined) return [];
      return [{ threadId, messageId: Number(messageId), date: Number(date) }];
    });
  }

  #key(threadId: string): string {
    return `${this.#options.keyPrefix}${threadId}`;
  }
}

function entryOf({ messageId, date, threadId }: RecentNotice): string {
  return `${messageId}:${date}:${threadId}`;
}
