import type { AgentDuty } from './agents/known/agent-duty.js';
import type { AgentOnDuty } from './agents/known/agent-on-duty.interface.js';
import { CustomerActions, unavailable } from './customer-actions.js';
import { storedFields } from './context/read-context.js';
import type { DeskAccess } from './desk/desk-access.interface.js';
import type { TelegramSettings } from './config/telegram-settings.js';
import type { SafeLogger } from './common/safe-logger.js';
import type { Desk } from './desk/desk.js';
import type { ThreadExport } from './desk/thread-export.interface.js';
import type { Desks } from './desk/desks.js';
import type { Diagnosis } from './monitoring/diagnosis.interface.js';
import type { Diagnostics } from './monitoring/diagnostics.js';
import { Html } from './notices/html.js';
import { isBlank } from './notices/sanitize-text.js';
import type { ThreadMover } from './outbound/thread-mover.js';
import { validArgument } from './outbound/argument-validator.js';
import { NewThread } from './outbound/new-thread.js';
import type { NotifyResult } from './outbound/notify-result.js';
import type { ThreadLifeJob } from './outbound/jobs/thread-change-job.interface.js';
import { ThreadAssignment } from './outbound/thread-assignment.js';
import { ThreadTarget } from './outbound/thread-target.js';
import { ThreadUpdate } from './outbound/thread-update.js';
import { UserMessage } from './outbound/user-message.js';
import type { ThreadState } from './threads/thread-state.interface.js';
import { DEFAULT_DESK } from './threads/thread-record.js';

/** How {@link TelegramDesk.sendMessage} sends. */
export interface SendMessageOptions {
  /** The message of the admin chat to reply to. */
  readonly replyToMessageId?: number | undefined;
  /** The forum topic to post in. */
  readonly messageThreadId?: number | undefined;
}

/**
 * What an app does at a desk. Without a bot token and an admin chat it is disabled, and every method does nothing.
 *
 * @publicApi
 *
 * @example
 * const billing = this.telegram.desk('billing');
 * await billing.notifyNewThread({ threadId: invoice.id, text });
 */
export class TelegramDesk extends CustomerActions {
  readonly #desks: Desks;
  readonly #mover: ThreadMover;
  readonly #duty: AgentDuty;
  readonly #diagnostics: Diagnostics;
  readonly #settings: TelegramSettings;
  readonly #logger: SafeLogger;
  /** Undefined for whatever desk a thread has. */
  readonly #name: string | undefined;

  /** @internal Use `TelegramService.desk()`. */
  constructor(access: DeskAccess, name?: string) {
    super(access);
    const { desks, mover, duty, diagnostics, settings, logger } = access;
    this.#desks = desks;
    this.#mover = mover;
    this.#duty = duty;
    this.#diagnostics = diagnostics;
    this.#settings = settings;
    this.#logger = logger;
    this.#name = name;
  }

  /** Whether a bot token and an admin chat are configured. If not, every method does nothing. */
  get enabled(): boolean {
    return this.#settings.isEnabled;
  }

  /**
   * Posts a message in the admin chat of the desk at once, bypassing the queue. It belongs to no thread, and the rate limit
   * counts it. While Telegram's `retry_after` lasts, it is not sent.
   *
   * @param text Telegram HTML, not blank. Escape text that is not yours, for example with the `html` tag.
   * @returns The id of the message, or null when it was not sent; the log then says why. Never throws.
   *
   * @example
   * await telegram.sendMessage(html`Order <b>${order.id}</b> was cancelled`.toString());
   */
  async sendMessage(text: string, options?: SendMessageOptions): Promise<number | null> {
    if (!this.enabled) return this.disabled('sendMessage', null);
    if (!isShownHtml(text)) {
      this.#logger.error(
        'The message was not sent: message text is empty or blank, so nothing of it would be visible',
      );
      return null;
    }
    try {
      const { sender } = await this.#desks.get(this.#name ?? DEFAULT_DESK);
      const { replyToMessageId, messageThreadId } = options ?? {};
      const params = {
        text,
        parse_mode: 'HTML',
        reply_parameters: replyToMessageId ? { message_id: replyToMessageId } : undefined,
        message_thread_id: messageThreadId,
      } as const;
      const message = await sender.sendNow(params);
      return message.message_id;
    } catch (error) {
      this.#logger.error(`The message was not sent: ${this.#logger.describe(error)}`);
      return null;
    }
  }

  /**
   * Notifies the agents of a new thread. Resolves when the notice is queued; it is posted as soon as Telegram and
   * the rate limit of the chat allow.
   *
   * @returns Whether the notice was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing, blank or of the wrong type, or no desk has the
   *   name `desk`.
   */
  async notifyNewThread(thread: NewThread): Promise<NotifyResult> {
    const valid = validArgument('notifyNewThread', NewThread, thread, this.#maxDataBytes);
    if (valid.desk !== undefined) this.#desks.checkName('notifyNewThread', valid.desk);
    if (!this.enabled) return this.notAccepted('notifyNewThread');
    const named = valid.desk ?? this.#name;
    return this.#notify(valid, named, ({ outbound }) => outbound.openThread(valid));
  }

  /**
   * Notifies the agents of a further message of a customer, at the desk that the thread has. Resolves when the
   * notice is queued; the waiting notices of one thread are posted together.
   *
   * @returns Whether the notice was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing, blank or of the wrong type.
   */
  async notifyUserMessage(message: UserMessage): Promise<NotifyResult> {
    const valid = validArgument('notifyUserMessage', UserMessage, message, this.#maxDataBytes);
    if (!this.enabled) return this.notAccepted('notifyUserMessage');
    return this.#notify(valid, this.#name, ({ outbound }) => outbound.addMessage(valid));
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
    return this.#changeLife('closeThread', 'thread.closed', thread);
  }

  /**
   * Opens a closed thread again, behind its messages that wait. It waits for an answer then.
   *
   * @returns Whether the change was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   */
  async reopenThread(thread: ThreadTarget): Promise<NotifyResult> {
    return this.#changeLife('reopenThread', 'thread.reopened', thread);
  }

  /**
   * Gives a thread to an agent, or to nobody, behind its messages that wait. Of a thread that nobody knows nothing changes.
   *
   * @returns Whether the change was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   *
   * @example
   * await telegram.assignThread({ threadId: '7', agentId: 501, name: 'Ada' });
   */
  async assignThread(assignment: ThreadAssignment): Promise<NotifyResult> {
    if (assignment?.agentId === null) {
      const { threadId } = validArgument('assignThread', ThreadTarget, assignment);
      return this.change('assignThread', {
        v: 1,
        type: 'thread.assigned',
        threadId,
        agentId: null,
      });
    }
    const valid = validArgument('assignThread', ThreadAssignment, assignment);
    const { threadId, agentId, name } = valid;
    return this.change('assignThread', { v: 1, type: 'thread.assigned', threadId, agentId, name });
  }

  /**
   * Changes what agents see of a thread, such as its subject, which renames its topic, or moves it to another desk.
   * What is left out stays as it is. Of a thread that nobody knows yet, only the desk counts.
   *
   * @returns Whether the change was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   *
   * @example
   * await telegram.updateThread({ threadId: '7', subject: 'Refund for order 1042' });
   */
  async updateThread(update: ThreadUpdate): Promise<NotifyResult> {
    const valid = validArgument('updateThread', ThreadUpdate, update);
    const { threadId, desk, subject, customer, url } = valid;
    const context = valid.context && storedFields(valid.context);
    if (desk !== undefined) this.#desks.checkName('updateThread', desk);
    if (!this.enabled) return this.notAccepted('updateThread');
    const isChanged = [subject, customer, url, context].some((detail) => detail !== undefined);
    if (desk === undefined || isChanged) {
      const job = {
        v: 1,
        type: 'thread.updated',
        threadId,
        subject,
        customer,
        url,
        context,
      } as const;
      const result = await this.change('updateThread', job);
      if (desk === undefined || !result.accepted) return result;
    }
    return this.#mover.move(threadId, desk);
  }

  /**
   * Deletes a thread in Telegram, as far as Telegram allows, and forgets it: its topic with all messages, those that it
   * has left at other desks, and all other messages that are known (the newest 1,000, for `mappingTtlSeconds`), also what
   * agents have written. For that of agents, and for topics that the bot has not created, the bot needs the right to delete
   * messages, and Telegram lets bots delete messages for 48 hours. What is left is in the log. All that is stored of the
   * thread goes, too: what waits in both directions, dead letters, files, texts, mappings and what is masked.
   *
   * @returns Whether the deletion was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   */
  async purgeThread(thread: ThreadTarget): Promise<NotifyResult> {
    return this.#changeLife('purgeThread', 'thread.purged', thread);
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
    if (!this.enabled) return this.disabled('findThread', null);
    const { threads } = await this.#desks.get(DEFAULT_DESK);
    return threads.find(threadId);
  }

  /**
   * The agents who are on duty at a desk, by the commands `/on` and `/off`; those who came first first.
   *
   * @param desk By default that of this object, or the default one.
   * @returns Empty when the module is disabled.
   * @throws {@link TelegramArgumentError} When no desk has that name.
   * @throws {Error} When the store does not answer within 2 seconds.
   *
   * @example
   * const onDuty = await telegram.agentsOnDuty();
   * if (onDuty.length === 0) await this.pager.send('Nobody answers customers');
   */
  async agentsOnDuty(desk?: string): Promise<AgentOnDuty[]> {
    if (desk !== undefined) this.#desks.checkName('agentsOnDuty', desk);
    if (!this.enabled) return this.disabled('agentsOnDuty', []);
    return this.#duty.list(desk ?? this.#name ?? DEFAULT_DESK);
  }

  /**
   * All that the desks know of a thread, as plain JSON: for whoever asks what is stored of them. What the messages in
   * Telegram say is not in it, as bots cannot read them, beside what the desk itself has stored.
   *
   * @returns Null when no desk knows the thread, or the module is disabled.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   * @throws {@link TelegramArgumentError} When `threadId` is not an id.
   *
   * @example
   * await writeFile(`${threadId}.json`, JSON.stringify(await telegram.exportThread(threadId)));
   */
  async exportThread(threadId: string): Promise<ThreadExport | null> {
    validArgument('exportThread', ThreadTarget, { threadId });
    if (!this.enabled) return this.disabled('exportThread', null);
    const desk = (await this.#desks.ofThread(threadId)) ?? (await this.#desks.get(DEFAULT_DESK));
    return desk.exporter.export(threadId);
  }

  /**
   * Finds out whether messages get through: asks Telegram about the bot, the admin chat of the desk and the webhook,
   * and Redis about its rights. Changes nothing, and posts nothing. Of a bot with several desks, each one has a
   * diagnosis of its own; without a name it is that of the default desk.
   *
   * @returns What was found, in the order in which a message travels, with what to do. It takes 10 seconds at most,
   *   and is safe to paste: no token, no secret, no text of a customer. Never throws.
   *
   * @example
   * const { ok, checks } = await telegram.diagnose();
   * if (!ok) console.error(checks.filter(({ status }) => status === 'failed'));
   */
  diagnose(): Promise<Diagnosis> {
    return this.#diagnostics.diagnose(this.#name ?? DEFAULT_DESK);
  }

  async #changeLife(
    method: string,
    type: ThreadLifeJob['type'],
    thread: ThreadTarget,
  ): Promise<NotifyResult> {
    const { threadId } = validArgument(method, ThreadTarget, thread);
    return this.change(method, { v: 1, type, threadId });
  }

  /** @param named The desk for a thread that has none yet. */
  async #notify(
    { threadId, messageId }: UserMessage,
    named: string | undefined,
    send: (desk: Desk) => Promise<NotifyResult>,
  ): Promise<NotifyResult> {
    const desk = await this.#desks.claim(threadId, named);
    return desk ? send(desk) : unavailable(messageId);
  }

  get #maxDataBytes(): number {
    return this.#settings.files.maxBytes;
  }
}

/** Whether a text in Telegram's HTML shows anything: Telegram refuses it otherwise. */
function isShownHtml(text: unknown): boolean {
  return typeof text === 'string' && !isBlank(new Html(text).toPlainText());
}
