import { Injectable } from '@nestjs/common';
import { AgentDirectory } from './agents/known/agent-directory.js';
import { AgentDuty } from './agents/known/agent-duty.js';
import type { AgentLinkOptions } from './agents/known/agent-link.options.js';
import type { LinkedAgent } from './agents/known/linked-agent.interface.js';
import { BotApiClient } from './bot/bot-api-client.js';
import { SafeLogger } from './common/safe-logger.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import type { DeskAccess } from './desk/desk-access.interface.js';
import { Desks } from './desk/desks.js';
import { ThreadMover } from './outbound/thread-mover.js';
import { ErrorDescriber } from './errors/index.js';
import { Diagnostics } from './monitoring/diagnostics.js';
import { TelegramDesk } from './telegram-desk.js';
import type { WebhookInfo } from './webhook/webhook-registrar.js';
import { WebhookService } from './webhook/webhook.service.js';

/**
 * Tells the agents of a desk what the customers of the app write and do, and manages the bot's webhook. Without a bot
 * token and an admin chat it is disabled, and every method does nothing.
 *
 * @publicApi
 *
 * @example
 * constructor(private readonly telegram: TelegramService) {}
 *
 * async open(thread: Thread): Promise<void> {
 *   await this.telegram.notifyNewThread({ threadId: thread.id, text: thread.text });
 * }
 */
@Injectable()
export class TelegramService extends TelegramDesk {
  readonly #access: DeskAccess;
  readonly #webhook: WebhookService;
  readonly #agents: AgentDirectory;

  /** @hidden Nest calls it. */
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
    duty: AgentDuty,
    agents: AgentDirectory,
    webhook: WebhookService,
    diagnostics: Diagnostics,
    errors: ErrorDescriber,
  ) {
    const logger = new SafeLogger(TelegramService.name, errors);
    const access = { desks, mover, duty, diagnostics, settings, logger };
    super(access);
    this.#access = access;
    this.#webhook = webhook;
    this.#agents = agents;
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
   * A link by which a user of the app becomes known as an agent: whoever opens it in Telegram and presses Start is that
   * user from then on, as `agent.userId` of their replies, commands and events. It is valid once, for 24 hours unless the
   * options say otherwise. Give it to nobody else: it proves who somebody is.
   *
   * @param userId The app's id of the user: 1 to 256 characters.
   * @returns Null when the module is disabled.
   * @throws {@link TelegramArgumentError} When an argument has the wrong type.
   * @throws {@link BotApiError} When Telegram does not say the name of the bot, which is asked once.
   * @throws {Error} When the store does not answer within 2 seconds.
   *
   * @example
   * const link = await telegram.agentLink(user.id);
   */
  async agentLink(userId: string, options?: AgentLinkOptions): Promise<string | null> {
    if (!this.enabled) return this.disabled('agentLink', null);
    return this.#agents.link(userId, options);
  }

  /**
   * The users of the app who have followed a link of {@link agentLink}, for all desks of the bot.
   *
   * @returns Empty when the module is disabled.
   * @throws {Error} When the store does not answer within 2 seconds.
   */
  async linkedAgents(): Promise<LinkedAgent[]> {
    return this.enabled ? this.#agents.list() : this.disabled('linkedAgents', []);
  }

  /**
   * Forgets who a user of the app is in Telegram, for example when they leave the team. It takes no rights away but those
   * that the option `agents` gives by `userId`. Links that they have not opened stay valid.
   *
   * @returns Whether they were linked.
   * @throws {@link TelegramArgumentError} When the id is none.
   * @throws {Error} When the store does not answer within 2 seconds.
   */
  async unlinkAgent(userId: string): Promise<boolean> {
    return this.enabled ? this.#agents.unlink(userId) : this.disabled('unlinkAgent', false);
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
