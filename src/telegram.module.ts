import { HttpModule } from '@nestjs/axios';
import {
  Inject,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryModule, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { firstValueFrom, race, timer } from 'rxjs';
import { BotApiClient } from './bot/bot-api-client.js';
import { Clock } from './common/clock.js';
import { ON_DEAD_LETTER } from './dead-letters/on-dead-letter.decorator.js';
import { DecoratedMethodExplorer } from './discovery/decorated-method-explorer.js';
import { InboundService } from './inbound/inbound.service.js';
import { ON_THREAD_REPLY } from './replies/on-thread-reply.decorator.js';
import { replyHandlerOf } from './replies/reply-handler.factory.js';
import { RedisConnection } from './redis/redis-connection.js';
import { TelegramDesk } from './telegram.desk.js';
import { ConfigurableModuleClass } from './telegram.module-definition.js';
import { WITHOUT_OPTIONS, telegramProviders } from './telegram.providers.js';
import { TelegramService } from './telegram.service.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { ThreadMappingRepository } from './threads/thread-mapping.repository.js';
import { TelegramSecretGuard } from './webhook/telegram-secret.guard.js';
import { WebhookHostCheck } from './webhook/webhook-host-check.js';
import { WebhookRegistration } from './webhook/webhook-registration.js';
import { WEBHOOK_SECRETS } from './webhook/webhook.constants.js';

/** How long updates may wait for an app to listen that maybe never does, such as a worker. */
const LISTEN_WAIT_MS = 1_000;

/**
 * Turns a Telegram chat into the support desk of the app.
 *
 * Boot never waits for Telegram or Redis, and never fails because of them; it fails with a
 * {@link TelegramConfigError} when an option cannot be used.
 *
 * @example
 * @Module({ imports: [TelegramModule.forRootAsync(telegramConfig.asProvider())] })
 * export class AppModule {}
 *
 * @publicApi
 */
@Module({
  imports: [HttpModule.register({}), DiscoveryModule],
  providers: [WITHOUT_OPTIONS, ...telegramProviders],
  exports: [
    TelegramService,
    ThreadMappingRepository,
    TelegramSecretGuard,
    WEBHOOK_SECRETS,
    WebhookRegistration,
    InboundService,
    Clock,
  ],
})
export class TelegramModule
  extends ConfigurableModuleClass
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  readonly #logger = new Logger(TelegramModule.name);
  readonly #desk: TelegramDesk | null;
  readonly #redis: RedisConnection | null;
  readonly #api: BotApiClient;
  readonly #explorer: DecoratedMethodExplorer;
  readonly #adapterHost: HttpAdapterHost;
  readonly #hostCheck: WebhookHostCheck;
  readonly #settings: TelegramSettings;
  readonly #modules: ModulesContainer;

  constructor(
    @Inject(TelegramDesk) desk: TelegramDesk | null,
    @Inject(RedisConnection) redis: RedisConnection | null,
    api: BotApiClient,
    explorer: DecoratedMethodExplorer,
    adapterHost: HttpAdapterHost,
    hostCheck: WebhookHostCheck,
    settings: TelegramSettings,
    modules: ModulesContainer,
  ) {
    super();
    this.#settings = settings;
    this.#modules = modules;
    this.#adapterHost = adapterHost;
    this.#desk = desk;
    this.#redis = redis;
    this.#api = api;
    this.#explorer = explorer;
    this.#hostCheck = hostCheck;
  }

  onApplicationBootstrap(): void {
    if (!this.#desk) {
      const { isServiceOverridden, disabledBy } = this.#settings;
      this.#logger[isServiceOverridden ? 'log' : 'warn'](`Disabled: ${disabledBy}`);
      return;
    }
    this.#logger.log(
      this.#redis
        ? 'Mappings and what waits are kept in Redis'
        : 'Mappings and what waits are kept in the memory of this process; set the option redis to keep them',
    );
    if (!this.#desk.webhookUrl && !this.#desk.isPolling) {
      this.#logger.log('No webhookUrl: replies come in once registerWebhook() has been called');
    }
    for (const { level, text } of this.#hostCheck.findings(this.#desk.webhookUrl)) {
      this.#logger[level](this.#desk.redact(text));
    }
    const { replies } = this.#settings;
    const handlers = {
      find: () => (replies.isOn ? this.#explorer.find(ON_THREAD_REPLY).map(replyHandlerOf) : []),
      countModules: () => this.#modules.size,
    };
    this.#desk.start(handlers, this.#explorer.find(ON_DEAD_LETTER));
    void this.#openWhenListening(this.#desk);
  }

  /** Before the app's own connections close, because handlers that still run need them. */
  async onModuleDestroy(): Promise<void> {
    await this.#desk?.stop();
  }

  onApplicationShutdown(): void {
    this.#api.close();
    this.#redis?.close();
  }

  /** Telegram is told of the webhook when the app answers. An app that does not listen waits in vain for that. */
  async #openWhenListening(desk: TelegramDesk): Promise<void> {
    const { listening, listen$ } = this.#adapterHost;
    if (!listening) await firstValueFrom(race(listen$, timer(LISTEN_WAIT_MS)));
    desk.open();
  }
}
