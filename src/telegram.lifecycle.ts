import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { firstValueFrom, race, timer } from 'rxjs';
import { BotApiClient } from './bot/bot-api-client.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { ON_DEAD_LETTER } from './dead-letters/on-dead-letter.decorator.js';
import { DecoratedMethodExplorer } from './discovery/decorated-method-explorer.js';
import { RedisConnection } from './redis/redis-connection.js';
import { TelegramDesk } from './telegram.desk.js';
import { WebhookDiagnostics } from './webhook/webhook-diagnostics.js';

/** Wait at most this long for the app to listen: workers never start an HTTP server. */
const LISTEN_WAIT_MS = 1_000;

/** Starts and stops everything that one module runs, in order. */
@Injectable()
export class TelegramLifecycle
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  readonly #logger = new Logger('TelegramModule');

  constructor(
    private readonly settings: TelegramSettings,
    @Inject(TelegramDesk) private readonly desk: TelegramDesk | null,
    @Inject(RedisConnection) private readonly redis: RedisConnection | null,
    private readonly api: BotApiClient,
    private readonly explorer: DecoratedMethodExplorer,
    private readonly diagnostics: WebhookDiagnostics,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    const { desk } = this;
    if (!desk) {
      const { isServiceOverridden, disabledBy } = this.settings;
      this.#logger[isServiceOverridden ? 'log' : 'warn'](`Disabled: ${disabledBy}`);
      return;
    }
    this.#report(desk);
    desk.start(this.explorer.find(ON_DEAD_LETTER));
    void this.#openWhenListening(desk);
  }

  /** Runs before the app's own connections close, because handlers that are still running need them. */
  async onModuleDestroy(): Promise<void> {
    await this.desk?.stop();
  }

  onApplicationShutdown(): void {
    this.api.close();
    this.redis?.close();
  }

  /** Says at boot where data is kept, and what of the app's settings keeps updates out. */
  #report(desk: TelegramDesk): void {
    this.#logger.log(
      this.redis
        ? 'Mappings and what waits are kept in Redis'
        : 'Mappings and what waits are kept in the memory of this process; set the option redis to keep them',
    );
    if (!desk.webhook.url && !desk.isPolling) {
      this.#logger.log('No webhookUrl: replies come in once registerWebhook() has been called');
    }
    for (const { level, text } of this.diagnostics.atBoot(desk.webhook.url)) {
      this.#logger[level](desk.redact(text));
    }
  }

  /** Telegram is told of the webhook only when the app can answer it. */
  async #openWhenListening(desk: TelegramDesk): Promise<void> {
    const { listening, listen$ } = this.adapterHost;
    if (!listening) await firstValueFrom(race(listen$, timer(LISTEN_WAIT_MS)));
    desk.open();
  }
}
