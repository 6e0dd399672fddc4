import { HttpService } from '@nestjs/axios';
import { Logger, type Provider } from '@nestjs/common';
import { BotApiClient } from './bot/bot-api-client.js';
import { Clock } from './common/clock.js';
import { SystemClock } from './common/system-clock.js';
import { DecoratedMethodExplorer } from './discovery/decorated-method-explorer.js';
import { ErrorDescriber } from './errors/index.js';
import { InboundService } from './inbound/inbound.service.js';
import { loadBullMq } from './storage/redis/load-bullmq.js';
import { TtlMap } from './common/ttl-map.js';
import { sanitizeLabel } from './notices/sanitize-text.js';
import { neutralizeMentions } from './notices/neutralize-mentions.js';
import { RedisConnection } from './redis/redis-connection.js';
import { RedisKeys } from './redis/redis-keys.js';
import { redactorOf } from './secrets/telegram-redactor.js';
import { Redactor } from './secrets/redactor.js';
import { ReplyHandlers } from './replies/reply-handlers.js';
import { TelegramDesk } from './telegram.desk.js';
import { DeskStorage } from './storage/desk-storage.js';
import { MemoryDeskStorage } from './storage/memory/memory-desk-storage.js';
import { RedisDeskStorage } from './storage/redis/redis-desk-storage.js';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from './config/module-overrides.js';
import { TelegramLifecycle } from './telegram.lifecycle.js';
import { TelegramService } from './telegram.service.js';
import { TelegramSettings, type TelegramIdentity } from './config/telegram-settings.js';
import { LastNoticeRepository } from './threads/last-notice.repository.js';
import { MemoryLastNoticeRepository } from './storage/memory/memory-last-notice.repository.js';
import { MemoryThreadMappingRepository } from './storage/memory/memory-thread-mapping.repository.js';
import { RedisLastNoticeRepository } from './storage/redis/redis-last-notice.repository.js';
import { RedisThreadMappingRepository } from './storage/redis/redis-thread-mapping.repository.js';
import { ThreadMappingRepository } from './threads/thread-mapping.repository.js';
import { NestInternals } from './webhook/nest-internals.js';
import { WebhookRejections } from './webhook/webhook-rejections.js';
import { WebhookRoutes } from './webhook/webhook-routes.js';
import { webhookProviders } from './webhook/webhook.providers.js';

/** How each part of the module is made. A disabled module has no desk, no Redis and no secret. */
export const telegramProviders: Provider[] = [
  DecoratedMethodExplorer,
  ReplyHandlers,
  TelegramLifecycle,
  TelegramService,
  ...webhookProviders,
  {
    provide: Clock,
    inject: [{ token: TELEGRAM_OVERRIDES, optional: true }],
    useFactory: (overrides?: TelegramOverrides) => overrides?.clock ?? new SystemClock(),
  },
  {
    provide: Redactor,
    inject: [TelegramSettings],
    useFactory: redactorOf,
  },
  {
    provide: ErrorDescriber,
    inject: [Redactor],
    useFactory: (redactor: Redactor) =>
      new ErrorDescriber(redactor, {
        toLabel: sanitizeLabel,
        neutralizeMentions: neutralizeMentions,
      }),
  },
  {
    provide: BotApiClient,
    inject: [HttpService, TelegramSettings, Redactor],
    useFactory: (http: HttpService, settings: TelegramSettings, redactor: Redactor) => {
      const { identity, apiRoot, requestTimeoutMs: timeoutMs } = settings;
      return new BotApiClient(
        http,
        identity && { token: identity.token, apiRoot, timeoutMs, redactor },
      );
    },
  },
  {
    provide: RedisConnection,
    inject: [TelegramSettings, ErrorDescriber],
    useFactory: ({ identity, redis }: TelegramSettings, errors: ErrorDescriber) =>
      identity && redis
        ? RedisConnection.open(redis, new Logger(RedisConnection.name), errors)
        : null,
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
    provide: LastNoticeRepository,
    inject: [TelegramSettings, Clock, RedisConnection],
    useFactory: (settings: TelegramSettings, clock: Clock, redis: RedisConnection | null) => {
      const { identity, mappingTtlSeconds: ttlSeconds } = settings;
      if (!redis || !identity)
        return new MemoryLastNoticeRepository(mapOf(clock, ttlSeconds), mapOf(clock, ttlSeconds));
      const prefix = `${redis.keyPrefix}${keysOf(settings, identity).desk}`;
      return new RedisLastNoticeRepository(redis.client, {
        keyPrefix: `${prefix}:last:`,
        recentKey: `${prefix}:recent`,
        ttlSeconds,
      });
    },
  },
  {
    provide: DeskStorage,
    inject: [TelegramSettings, Clock, RedisConnection],
    useFactory: async (settings: TelegramSettings, clock: Clock, redis: RedisConnection | null) => {
      const { identity } = settings;
      if (!redis || !identity) return new MemoryDeskStorage(clock);
      const { adminChatId } = identity;
      const keys = keysOf(settings, identity);
      return new RedisDeskStorage(redis, await loadBullMq(), { adminChatId, keys });
    },
  },
  {
    provide: TelegramDesk,
    inject: [
      TelegramSettings,
      BotApiClient,
      Clock,
      ThreadMappingRepository,
      LastNoticeRepository,
      DeskStorage,
      ReplyHandlers,
      NestInternals,
      WebhookRoutes,
      WebhookRejections,
      ErrorDescriber,
    ],
    useFactory: (
      settings: TelegramSettings,
      api: BotApiClient,
      clock: Clock,
      mappings: ThreadMappingRepository,
      lastNotices: LastNoticeRepository,
      storage: DeskStorage,
      replyHandlers: ReplyHandlers,
      nest: NestInternals,
      routes: WebhookRoutes,
      rejections: WebhookRejections,
      errors: ErrorDescriber,
    ) => {
      const { identity } = settings;
      return (
        identity &&
        new TelegramDesk({
          identity,
          settings,
          api,
          clock,
          mappings,
          lastNotices,
          storage,
          replyHandlers,
          nest,
          routes,
          rejections,
          errors,
        })
      );
    },
  },
  {
    provide: InboundService,
    inject: [TelegramDesk],
    useFactory: (desk: TelegramDesk | null) => desk?.inbox ?? null,
  },
];

function keysOf({ keyPrefix }: TelegramSettings, { token, adminChatId }: TelegramIdentity) {
  return new RedisKeys({ botId: token.botId, adminChatId, keyPrefix });
}

function mapOf<V>(clock: Clock, ttlSeconds: number): TtlMap<V> {
  return new TtlMap<V>(clock, ttlSeconds * 1000);
}
