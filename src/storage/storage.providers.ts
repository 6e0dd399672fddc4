import { Logger, type Provider } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TtlMap } from '../common/ttl-map.js';
import { TelegramSettings, type TelegramIdentity } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { globOf, RedisKeys } from '../redis/redis-keys.js';
import { RedisProbe } from '../redis/redis-probe.js';
import { RedisReadiness } from '../redis/redis-readiness.js';
import { LastNoticeRepository } from '../threads/last-notice.repository.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { ThreadMessageRepository } from '../threads/thread-message.repository.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { AgentStore } from './agent-store.js';
import { BotStorage } from './bot-storage.js';
import { DeskStorage } from './desk-storage.js';
import { FileStore } from './file-store.js';
import { MemoryBotStorage } from './memory/memory-bot-storage.js';
import { MemoryDeskStorage } from './memory/memory-desk-storage.js';
import { MemoryLastNoticeRepository } from './memory/memory-last-notice.repository.js';
import { MemoryThreadMappingRepository } from './memory/memory-thread-mapping.repository.js';
import { MemoryThreadMessageRepository } from './memory/memory-thread-message.repository.js';
import { MemoryThreadStateRepository } from './memory/memory-thread-state.repository.js';
import { loadBullMq } from './redis/load-bullmq.js';
import { RedisBotStorage } from './redis/redis-bot-storage.js';
import { RedisDeskStorage } from './redis/redis-desk-storage.js';
import { RedisLastNoticeRepository } from './redis/redis-last-notice.repository.js';
import { RedisThreadMappingRepository } from './redis/redis-thread-mapping.repository.js';
import { RedisThreadMessageRepository } from './redis/redis-thread-message.repository.js';
import { RedisThreadStateRepository } from './redis/redis-thread-state.repository.js';

/** The keys of a desk that are tried before anything is stored, and those of the bot. */
const DESK_KEYS = [
  'outbox',
  'inbox',
  'acknowledgements',
  'timers',
  'schedule',
  'budget',
  'last',
  'shown',
  'typing',
  'handled',
  'reacted',
];
const BOT_KEYS = ['agent', 'failure', 'file', 'lease', 'messages', 'thread', 'topic'];

/** A dead letter, whose files are kept with it, lives for 30 days. */
const FILE_LIFE_MS = 31 * 24 * 60 * 60 * 1000;

/** What a bot stores, in Redis or in the memory of the process. A disabled bot connects to nothing. */
export const botStorageProviders: Provider[] = [
  {
    provide: RedisConnection,
    inject: [TelegramSettings, ErrorDescriber],
    useFactory: ({ identity, redis }: TelegramSettings, errors: ErrorDescriber) =>
      identity && redis
        ? RedisConnection.open(redis, new Logger(RedisConnection.name), errors)
        : null,
  },
  {
    provide: BotStorage,
    inject: [TelegramSettings, Clock, RedisConnection],
    useFactory: (settings: TelegramSettings, clock: Clock, redis: RedisConnection | null) => {
      const { identity } = settings;
      if (!redis || !identity) return new MemoryBotStorage(clock);
      return new RedisBotStorage(redis.client, redis.keyPrefix + keysOf(settings, identity).bot);
    },
  },
  {
    provide: AgentStore,
    inject: [BotStorage],
    useFactory: (storage: BotStorage) => storage.agents(),
  },
  {
    provide: FileStore,
    inject: [BotStorage, TelegramSettings],
    useFactory: (storage: BotStorage, { files }: TelegramSettings) =>
      storage.fileStore(FILE_LIFE_MS, files.maxBytes),
  },
  {
    provide: RedisReadiness,
    inject: [TelegramSettings, RedisConnection],
    useFactory: (settings: TelegramSettings, redis: RedisConnection | null) =>
      redis && readinessOf(settings, redis),
  },
  {
    provide: ThreadMappingRepository,
    inject: [TelegramSettings, Clock, RedisConnection],
    useFactory: (settings: TelegramSettings, clock: Clock, redis: RedisConnection | null) => {
      const { identity, mappingTtlSeconds: ttlSeconds } = settings;
      if (!redis || !identity) return new MemoryThreadMappingRepository(mapOf(clock, ttlSeconds));
      const { botId } = identity.token;
      const keyPrefix = `${redis.keyPrefix}${keysOf(settings, identity).mappings}`;
      const options = { botId, keyPrefix, ttlSeconds, legacy: settings.legacyMappings };
      return new RedisThreadMappingRepository(redis.client, options);
    },
  },
  {
    provide: ThreadStateRepository,
    inject: [TelegramSettings, Clock, RedisConnection],
    useFactory: (settings: TelegramSettings, clock: Clock, redis: RedisConnection | null) => {
      const { identity, threadTtlSeconds: ttlSeconds } = settings;
      if (!redis || !identity) {
        return new MemoryThreadStateRepository(mapOf(clock, ttlSeconds), mapOf(clock, ttlSeconds));
      }
      const keyPrefix = `${redis.keyPrefix}${keysOf(settings, identity).bot}`;
      return new RedisThreadStateRepository(redis.client, { keyPrefix, ttlSeconds });
    },
  },
  {
    provide: ThreadMessageRepository,
    inject: [TelegramSettings, Clock, RedisConnection],
    useFactory: (settings: TelegramSettings, clock: Clock, redis: RedisConnection | null) => {
      const { identity, mappingTtlSeconds: ttlSeconds } = settings;
      if (!redis || !identity) return new MemoryThreadMessageRepository(mapOf(clock, ttlSeconds));
      const keyPrefix = `${redis.keyPrefix}${keysOf(settings, identity).bot}`;
      return new RedisThreadMessageRepository(redis.client, { keyPrefix, ttlSeconds });
    },
  },
];

/** What one desk stores. */
export const deskStorageProviders: Provider[] = [
  {
    provide: DeskStorage,
    inject: [TelegramSettings, Clock, RedisConnection, RedisReadiness],
    useFactory: async (
      settings: TelegramSettings,
      clock: Clock,
      redis: RedisConnection | null,
      readiness: RedisReadiness | null,
    ) => {
      const { identity, isIdle } = settings;
      if (!redis || !readiness || !identity) return new MemoryDeskStorage(clock);
      const { adminChatId } = identity;
      const keys = keysOf(settings, identity);
      const bullmq = await loadBullMq();
      // Queues write to Redis as soon as they exist.
      if (isIdle) return new MemoryDeskStorage(clock);
      return new RedisDeskStorage(redis, bullmq, { adminChatId, keys, readiness });
    },
  },
  {
    provide: LastNoticeRepository,
    inject: [TelegramSettings, Clock, RedisConnection],
    useFactory: (settings: TelegramSettings, clock: Clock, redis: RedisConnection | null) => {
      const { identity, mappingTtlSeconds: ttlSeconds } = settings;
      if (!redis || !identity) {
        return new MemoryLastNoticeRepository(mapOf(clock, ttlSeconds), mapOf(clock, ttlSeconds));
      }
      const prefix = `${redis.keyPrefix}${keysOf(settings, identity).desk}`;
      return new RedisLastNoticeRepository(redis.client, {
        keyPrefix: `${prefix}:last:`,
        recentKey: `${prefix}:recent`,
        ttlSeconds,
      });
    },
  },
];

/** Tries the keys of all desks, because a user of Redis may be limited to those of some. */
function readinessOf(settings: TelegramSettings, redis: RedisConnection): RedisReadiness {
  const desks = settings.desks.flatMap((name) => {
    const desk = settings.forDesk(name);
    return desk.identity ? [keysOf(desk, desk.identity)] : [];
  });
  const [bot] = desks;
  const own = [
    ...desks.flatMap(({ desk }) => DESK_KEYS.map((name) => `${desk}:${name}:`)),
    ...(bot ? [...BOT_KEYS.map((name) => `${bot.bot}:${name}:`), bot.mappings] : []),
  ];
  const probe = new RedisProbe(redis.client, {
    prefixes: own.map((prefix) => redis.keyPrefix + prefix),
    patterns: (bot?.patterns ?? []).map((pattern) => `${globOf(redis.keyPrefix)}${pattern}`),
    user: redis.user,
  });
  const readiness = new RedisReadiness(probe);
  redis.onDenied(() => readiness.suspect());
  return readiness;
}

function keysOf({ keyPrefix }: TelegramSettings, { token, adminChatId }: TelegramIdentity) {
  return new RedisKeys({ botId: token.botId, adminChatId, keyPrefix });
}

function mapOf<V>(clock: Clock, ttlSeconds: number): TtlMap<V> {
  return new TtlMap<V>(clock, ttlSeconds * 1000);
}
