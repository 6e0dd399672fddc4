import { Injectable } from '@nestjs/common';
import { BotApiClient } from './bot/bot-api-client.js';
import { SafeLogger } from './common/safe-logger.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import type { DeskAccess } from './desk/desk-access.interface.js';
import { Desks } from './desk/desks.js';
import { ThreadMover } from './desk/thread-mover.js';
import { ErrorDescriber } from './errors/index.js';
import { Diagnostics } from './monitoring/diagnostics.js';
import { TelegramDesk } from './telegram-desk.js';
import type { WebhookInfo } from './webhook/webhook-registrar.js';
import { WebhookService } from './webhook/webhook.service.js';

/**
 * Tells the agents of a desk what the customers of the app write and do, and manages the bot's webhook. Without a bot
 * token and an admin chat it is disabled, and every method does nothing.
 *
 * @example
 * constructor(private readonly telegram: TelegramService) {}
 *
 * async open(thread: Thread): Promise<void> {
 *   await this.telegram.notifyNewThread({ threadId: thread.id, text: thread.text });
 * }
 *
 * @publicApi
 */
@Injectable()
export class TelegramService extends TelegramDesk {
  readonly #access: DeskAccess;
  readonly #webhook: WebhookService;

  constructor(
    /**
     * Every method of the Bot API, typed. Unlike the other members it throws {@link BotApiError}. The rate
     * limit counts what it sends to the admin chat, but does not hold it back.
     */
    readonly api: BotApiClient,
    /** The jobs that the desks have given up on, in both directions. */
    readonly deadLetters: DeadLetters,
    settings: TelegramSettings,
    desks: Desks,
    mover: ThreadMover,
    webhook: WebhookService,
    diagnostics: Diagnostics,
    errors: ErrorDescriber,
  ) {
    const logger = new SafeLogger(TelegramService.name, errors);
    const access = { desks, mover, diagnostics, settings, logger };
    super(access);
    this.#access = access;
    this.#webhook = webhook;
  }

  /**
   * One of several desks of the bot: the same methods for its threads, and `sendMessage()` to its chat. A thread
   * that another desk has stays there.
   *
   * @param name One of the option `desks`, or `default`.
   * @throws {@link TelegramArgumentError} When no desk has that name.
   *
   * @example
   * await telegram.desk('billing').sendMessage('The export is done');
   */
  desk(name: string): TelegramDesk {
    this.#access.desks.checkName('desk', name);
    return new TelegramDesk(this.#access, name);
  }

  /**
   * Registers the webhook, so that Telegram delivers updates to this app. Changes nothing when Telegram has
   * exactly that webhook already.
   *
   * @param url The public URL of this app, by the rules of the option `webhookUrl`, which is the default. A process
   *   without HTTP has to pass the whole URL of the webhook.
   * @returns Whether the webhook is registered now; if not, the log says why. Never throws.
   */
  async registerWebhook(url?: string): Promise<boolean> {
    return this.enabled ? this.#webhook.register(url) : this.disabled('registerWebhook', false);
  }

  /**
   * Removes the webhook, for all processes of the bot. Telegram keeps new updates for 24 hours.
   *
   * @returns Whether no webhook is registered now; if one still is, the log says why. Never throws.
   */
  async unregisterWebhook(): Promise<boolean> {
    return this.enabled ? this.#webhook.unregister() : this.disabled('unregisterWebhook', false);
  }

  /**
   * What Telegram knows of the bot's webhook, for example for a health check: its URL, how many updates are
   * pending, and how the last delivery failed.
   *
   * @returns Null when the module is disabled or Telegram does not answer. Never throws.
   */
  async getWebhookInfo(): Promise<WebhookInfo | null> {
    return this.enabled ? this.#webhook.info() : this.disabled('getWebhookInfo', null);
  }
}
