import { Injectable } from '@nestjs/common';
import { BotApiClient } from './bot/bot-api-client.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { ErrorDescriber } from './errors/index.js';
import { SafeLogger } from './common/safe-logger.js';
import { validArgument } from './outbound/argument-validator.js';
import { isBlank } from './notices/sanitize-text.js';
import { Html } from './notices/html.js';
import { NewThread } from './outbound/new-thread.js';
import type { NotifyResult } from './outbound/notify-result.js';
import { OperationSender } from './outbound/operations/operation-sender.js';
import { OutboundService } from './outbound/outbound.service.js';
import type { ThreadLifeJob } from './outbound/outbound-job.interface.js';
import { ThreadService } from './outbound/thread.service.js';
import { ThreadTarget } from './outbound/thread-target.js';
import { ThreadUpdate } from './outbound/thread-update.js';
import type { ThreadState } from './threads/thread-state.interface.js';
import { UserMessage } from './outbound/user-message.js';
import type { WebhookInfo } from './webhook/webhook-registrar.js';
import { WebhookService } from './webhook/webhook.service.js';

/** How {@link TelegramService.sendMessage} sends. */
export interface SendMessageOptions {
  /** The message of the admin chat to reply to. */
  readonly replyToMessageId?: number | undefined;
  /** The forum topic to post in. */
  readonly messageThreadId?: number | undefined;
}

/**
 * Sends messages of the app's customers to the support desk, and manages the bot's webhook. Without a bot token
 * and an admin chat it is disabled, and every method does nothing.
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
export class TelegramService {
  readonly #logger: SafeLogger;

  constructor(
    /**
     * Every method of the Bot API, typed. Unlike the other members it throws {@link BotApiError}. The rate
     * limit counts what it sends to the admin chat, but does not hold it back.
     */
    readonly api: BotApiClient,
    /** The jobs that the desk has given up on, in both directions. */
    readonly deadLetters: DeadLetters,
    private readonly settings: TelegramSettings,
    private readonly outbound: OutboundService,
    private readonly threads: ThreadService,
    private readonly sender: OperationSender,
    private readonly webhook: WebhookService,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TelegramService.name, errors);
  }

  /** Whether a bot token and an admin chat are configured. If not, every method does nothing. */
  get enabled(): boolean {
    return this.settings.isEnabled;
  }

  /**
   * Posts a message in the admin chat at once, bypassing the queue. It belongs to no thread, and the rate limit
   * counts it. While Telegram's `retry_after` lasts, it is not sent.
   *
   * @param text Telegram HTML, not blank. Escape text that is not yours, for example with the `html` tag.
   * @returns The id of the message, or null when it was not sent; the log then says why. Never throws.
   *
   * @example
   * await telegram.sendMessage(html`Order <b>${order.id}</b> was cancelled`.toString());
   */
  async sendMessage(text: string, options?: SendMessageOptions): Promise<number | null> {
    if (!this.enabled) return this.#disabled('sendMessage', null);
    if (!isShownHtml(text)) {
      this.#logger.error(
        'The message was not sent: message text is empty or blank, so nothing of it would be visible',
      );
      return null;
    }
    try {
      const { replyToMessageId, messageThreadId } = options ?? {};
      const params = {
        text,
        parse_mode: 'HTML',
        reply_parameters: replyToMessageId ? { message_id: replyToMessageId } : undefined,
        message_thread_id: messageThreadId,
      } as const;
      const message = await this.sender.sendNow({ method: 'sendMessage', params });
      return message.message_id;
    } catch (error) {
      this.#logger.error(`The message was not sent: ${this.#logger.describe(error)}`);
      return null;
    }
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
    return this.enabled ? this.webhook.register(url) : this.#disabled('registerWebhook', false);
  }

  /**
   * Removes the webhook, for all processes of the bot. Telegram keeps new updates for 24 hours.
   *
   * @returns Whether no webhook is registered now; if one still is, the log says why. Never throws.
   */
  async unregisterWebhook(): Promise<boolean> {
    return this.enabled ? this.webhook.unregister() : this.#disabled('unregisterWebhook', false);
  }

  /**
   * The state of the bot's webhook at Telegram, for example for a health check: its URL, how many updates are
   * pending, and how the last delivery failed.
   *
   * @returns Null when the module is disabled or Telegram does not answer. Never throws.
   */
  async getWebhookInfo(): Promise<WebhookInfo | null> {
    return this.enabled ? this.webhook.info() : this.#disabled('getWebhookInfo', null);
  }

  /**
   * Notifies the agents of a new thread. Resolves when the notice is queued; it is posted as soon as Telegram and
   * the rate limit of the chat allow.
   *
   * @returns Whether the notice was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing, blank or of the wrong type.
   */
  async notifyNewThread(thread: NewThread): Promise<NotifyResult> {
    const valid = validArgument('notifyNewThread', NewThread, thread);
    return this.enabled ? this.outbound.openThread(valid) : this.#notAccepted('notifyNewThread');
  }

  /**
   * Notifies the agents of a further message of a customer. Resolves when the notice is queued; the waiting
   * notices of one thread are posted together.
   *
   * @returns Whether the notice was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing, blank or of the wrong type.
   */
  async notifyUserMessage(message: UserMessage): Promise<NotifyResult> {
    const valid = validArgument('notifyUserMessage', UserMessage, message);
    return this.enabled ? this.outbound.addMessage(valid) : this.#notAccepted('notifyUserMessage');
  }

  /**
   * Closes a thread, behind its messages that wait. Its topic is closed some seconds later, unless a message comes
   * before. Without a topic a line in the chat says so. A later message of the customer opens the thread again.
   *
   * @returns Whether the change was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   *
   * @example
   * await telegram.closeThread({ threadId: order.threadId });
   */
  async closeThread(thread: ThreadTarget): Promise<NotifyResult> {
    return this.#change('closeThread', 'thread.closed', thread);
  }

  /**
   * Opens a closed thread again, behind its messages that wait. It waits for an answer then.
   *
   * @returns Whether the change was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   */
  async reopenThread(thread: ThreadTarget): Promise<NotifyResult> {
    return this.#change('reopenThread', 'thread.reopened', thread);
  }

  /**
   * Changes what agents see of a thread, such as its subject, which renames its topic. What is left out stays as it
   * is.
   *
   * @returns Whether the change was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   *
   * @example
   * await telegram.updateThread({ threadId: '7', subject: 'Refund for order 1042' });
   */
  async updateThread(update: ThreadUpdate): Promise<NotifyResult> {
    const { threadId, subject, customer, url } = validArgument(
      'updateThread',
      ThreadUpdate,
      update,
    );
    if (!this.enabled) return this.#notAccepted('updateThread');
    const job = { v: 1, type: 'thread.updated', threadId, subject, customer, url } as const;
    return this.outbound.changeThread(job);
  }

  /**
   * Deletes a thread in Telegram, as far as Telegram allows, and forgets it: its topic with all messages, for which the
   * bot needs the right to delete messages unless it has created the topic. Without a topic, its first and its newest
   * notice, which Telegram lets a bot delete for 48 hours.
   *
   * @returns Whether the deletion was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   */
  async purgeThread(thread: ThreadTarget): Promise<NotifyResult> {
    return this.#change('purgeThread', 'thread.purged', thread);
  }

  /**
   * How a thread stands: who waits for whom, and where it is in Telegram.
   *
   * @returns Null when the desk does not know the thread, or the module is disabled.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   * @throws {@link TelegramArgumentError} When `threadId` is not an id.
   */
  async findThread(threadId: string): Promise<ThreadState | null> {
    validArgument('findThread', ThreadTarget, { threadId });
    return this.enabled ? this.threads.find(threadId) : this.#disabled('findThread', null);
  }

  async #change(
    method: string,
    type: ThreadLifeJob['type'],
    thread: ThreadTarget,
  ): Promise<NotifyResult> {
    const { threadId } = validArgument(method, ThreadTarget, thread);
    if (!this.enabled) return this.#notAccepted(method);
    return this.outbound.changeThread({ v: 1, type, threadId });
  }

  #notAccepted(method: string): NotifyResult {
    return this.#disabled(method, { accepted: false, reason: 'disabled' });
  }

  #disabled<T>(method: string, result: T): T {
    this.#logger.debug(`${method}() did nothing: the module is disabled`);
    return result;
  }
}

/** Whether a text in Telegram's HTML shows anything: Telegram refuses it otherwise. */
function isShownHtml(text: unknown): boolean {
  return typeof text === 'string' && !isBlank(new Html(text).toPlainText());
}
