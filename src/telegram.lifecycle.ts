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
import { HandlerDeskCheck } from './desk/handler-desk-check.js';
import { Desks } from './desk/desks.js';
import { ErrorDescriber } from './errors/index.js';
import { TelegramFileTransport } from './files/telegram-file-transport.js';
import { RedisSetupCheck } from './monitoring/redis-setup-check.js';
import { UpdatePoller } from './polling/update-poller.js';
import { RedisConnection } from './redis/redis-connection.js';
import { RedisReadiness } from './redis/redis-readiness.js';
import { WebhookDiagnostics } from './webhook/webhook-diagnostics.js';
import { WebhookService } from './webhook/webhook.service.js';

/** Wait at most this long for the app to listen: workers never start an HTTP server. */
const LISTEN_WAIT_MS = 1_000;

/** Starts and stops everything that works for one bot, in order. */
@Injectable()
export class TelegramLifecycle
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  readonly #logger = new Logger('TelegramModule');
  #isStopped = false;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly desks: Desks,
    private readonly handlerCheck: HandlerDeskCheck,
    private readonly redisCheck: RedisSetupCheck,
    private readonly poller: UpdatePoller,
    private readonly webhook: WebhookService,
    private readonly diagnostics: WebhookDiagnostics,
    private readonly api: BotApiClient,
    private readonly files: TelegramFileTransport,
    @Inject(RedisConnection) private readonly redis: RedisConnection | null,
    @Inject(RedisReadiness) private readonly readiness: RedisReadiness | null,
    private readonly adapterHost: HttpAdapterHost,
    private readonly errors: ErrorDescriber,
  ) {}

  /** Waits for neither Telegram nor Redis. */
  async onApplicationBootstrap(): Promise<void> {
    const { isEnabled, isServiceOverridden, disabledBy, isIdle } = this.settings;
    if (isIdle) return;
    if (!isEnabled) {
      this.#logger[isServiceOverridden ? 'log' : 'warn'](`Disabled: ${disabledBy}`);
      return;
    }
    this.#report();
    this.handlerCheck.run();
    for (const desk of await this.desks.all()) desk.start();
    void this.redisCheck.run();
    void this.#receiveWhenListening();
  }

  /**
   * Takes nothing more, finishes what is being processed, for 10 s at most in each direction, and leaves the
   * rest in Redis. Runs before the app's own connections close, because handlers still need them.
   */
  async onModuleDestroy(): Promise<void> {
    this.#isStopped = true;
    if (!this.settings.isEnabled) return;
    if (this.#isPolling) this.poller.stop();
    const desks = await this.desks.all();
    await Promise.all(desks.map((desk) => desk.stopCheck()));
    await this.webhook.stop();
    await Promise.all(desks.map((desk) => desk.stopReceiving()));
    if (this.#isPolling) await this.poller.finish();
    await Promise.all(desks.map((desk) => desk.close()));
    this.readiness?.close();
  }

  onApplicationShutdown(): void {
    this.api.close();
    this.files.close();
    this.redis?.close();
  }

  get #isPolling(): boolean {
    return this.settings.updates === 'polling' && !this.settings.isIdle;
  }

  /** Logs where data is kept, and which settings of the app keep updates out. */
  #report(): void {
    this.#logger.log(
      this.redis
        ? 'Mappings and queues are kept in Redis'
        : 'Mappings and queues are kept in the memory of this process; set the option redis to keep them',
    );
    const { url } = this.webhook;
    if (!url && !this.#isPolling) {
      this.#logger.log('No webhookUrl: replies arrive once registerWebhook() has been called');
    }
    for (const { level, text } of this.diagnostics.atBoot(url)) {
      this.#logger[level](this.errors.redact(text));
    }
  }

  /** Telegram gets the webhook only when the app can answer it. */
  async #receiveWhenListening(): Promise<void> {
    const { listening, listen$ } = this.adapterHost;
    if (!listening) await firstValueFrom(race(listen$, timer(LISTEN_WAIT_MS)));
    if (this.#isStopped) return;
    if (this.#isPolling) this.poller.start();
    this.webhook.start();
  }
}
