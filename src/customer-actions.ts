import { randomUUID } from 'node:crypto';
import type { SafeLogger } from './common/safe-logger.js';
import type { TelegramSettings } from './config/telegram-settings.js';
import type { DeskAccess } from './desk/desk-access.interface.js';
import type { Desks } from './desk/desks.js';
import { isBlank, sanitizeText } from './notices/sanitize-text.js';
import { validArgument } from './outbound/argument-validator.js';
import { MessageEdit } from './outbound/message-edit.js';
import { MessageReaction, ReactionTarget } from './outbound/message-reaction.js';
import { MessageTarget } from './outbound/message-target.js';
import type { NotifyResult } from './outbound/notify-result.js';
import type { ThreadJob } from './outbound/outbound.service.js';
import { ThreadRating } from './outbound/thread-rating.js';
import { ThreadRead } from './outbound/thread-read.js';
import { ThreadTarget } from './outbound/thread-target.js';

/** What an app tells agents of what its customers do with messages: a part of `TelegramDesk`. */
export abstract class CustomerActions {
  readonly #desks: Desks;
  readonly #settings: TelegramSettings;
  readonly #logger: SafeLogger;

  /** @internal */
  constructor({ desks, settings, logger }: DeskAccess) {
    this.#desks = desks;
    this.#settings = settings;
    this.#logger = logger;
  }

  /**
   * Shows agents that a customer has edited a message: its notice gets the new text, with a mark, and where Telegram
   * does not allow that, a notice with the new text follows. It comes behind the messages of the thread that wait.
   *
   * @returns Whether the edit was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing, blank or of the wrong type.
   *
   * @example
   * await telegram.notifyMessageEdited({ threadId: order.threadId, messageId: message.id, text: message.text });
   */
  async notifyMessageEdited(edit: MessageEdit): Promise<NotifyResult> {
    const valid = validArgument('notifyMessageEdited', MessageEdit, edit);
    const { threadId, messageId } = valid;
    const text = sanitizeText(valid.text);
    return this.change('notifyMessageEdited', {
      v: 1,
      type: 'message.edited',
      threadId,
      messageId,
      text,
    });
  }

  /**
   * Shows agents that a customer has deleted a message: its notice is struck through, or removed with the option
   * `deletes: 'remove'`. Where Telegram does not allow that, a notice says so.
   *
   * @returns Whether the deletion was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   */
  async notifyMessageDeleted(message: MessageTarget): Promise<NotifyResult> {
    const { threadId, messageId } = validArgument('notifyMessageDeleted', MessageTarget, message);
    return this.change('notifyMessageDeleted', {
      v: 1,
      type: 'message.deleted',
      threadId,
      messageId,
    });
  }

  /**
   * Shows agents how a customer reacts to a message, by the reaction of the bot on it: on an agent's reply, or on the
   * notice of a message of the app's. An emoji that Telegram or the chat does not have becomes one that says nearly the
   * same, else a notice says it, once for each message. It is dropped when `reply` is not known as a message of the
   * thread, or not any more (`mappingTtlSeconds`, 7 days by default).
   *
   * @param reaction With the emoji null, the customer has taken it away.
   * @returns Whether the reaction was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing, blank or of the wrong type.
   *
   * @example
   * await telegram.notifyReaction({ threadId: order.threadId, reply: reply.message, emoji: '❤️' });
   */
  async notifyReaction(reaction: MessageReaction): Promise<NotifyResult> {
    // A null counts as left out everywhere else.
    const isRemoved = reaction?.emoji === null;
    const { threadId, messageId, reply } = isRemoved
      ? validArgument<ReactionTarget>('notifyReaction', ReactionTarget, reaction)
      : validArgument('notifyReaction', MessageReaction, reaction);
    const emoji = isRemoved ? null : reaction.emoji;
    return this.change('notifyReaction', {
      v: 1,
      type: 'reaction.set',
      threadId,
      messageId,
      reply: reply && { chatId: reply.chatId, messageId: reply.messageId },
      emoji,
    });
  }

  /**
   * Shows agents that a customer has read their replies: 👀 (`reactions.read`) in place of the 👍 on the newest of them.
   * A chat that forbids that reaction shows nothing.
   *
   * @returns Whether that was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   *
   * @example
   * await telegram.notifyRead({ threadId: order.threadId, upTo: new Date() });
   */
  async notifyRead(read: ThreadRead): Promise<NotifyResult> {
    const { threadId, upTo } = validArgument('notifyRead', ThreadRead, read);
    const until =
      upTo instanceof Date
        ? { atMs: upTo.getTime() }
        : { reply: upTo && { chatId: upTo.chatId, messageId: upTo.messageId } };
    return this.change('notifyRead', { v: 1, type: 'thread.read', threadId, ...until });
  }

  /**
   * Shows agents how a customer rates the conversation: by a notice with stars and the comment, behind the messages of
   * the thread that wait. It opens no closed thread. A rating that is given again changes the notice, for 48 hours, so
   * the newest one counts, and the same one twice is posted once. Nothing is posted of a thread that the desk does not
   * know.
   *
   * @returns Whether the rating was queued: in Redis if there is Redis, else in memory.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   *
   * @example
   * await telegram.notifyRating({ threadId: order.threadId, rating: 4, comment: 'Quick and friendly' });
   */
  async notifyRating(given: ThreadRating): Promise<NotifyResult> {
    const { threadId, rating, comment } = validArgument('notifyRating', ThreadRating, given);
    const cleaned = sanitizeText(comment ?? '');
    const text = isBlank(cleaned) ? '' : cleaned;
    return this.change('notifyRating', { v: 1, type: 'thread.rated', threadId, rating, text });
  }

  /**
   * Shows agents for some 5 seconds that a customer of the thread is typing: as an action of the bot, in the topic of the
   * thread, else in the chat. Call it as often as you like: one call to Telegram is made in 5 seconds for each thread. It
   * waits for nothing, and nothing waits for it: when the rate limit is short, Telegram fails, or the thread is not
   * known, it is dropped.
   *
   * @returns Accepted unless the module is disabled.
   * @throws {@link TelegramArgumentError} When a field is missing or of the wrong type.
   */
  async notifyTyping(thread: ThreadTarget): Promise<NotifyResult> {
    const { threadId } = validArgument('notifyTyping', ThreadTarget, thread);
    if (!this.#settings.isEnabled) return this.notAccepted('notifyTyping');
    void this.#showTyping(threadId);
    return { accepted: true, id: randomUUID() };
  }

  /** @internal Queues a change of a thread at the desk that has it. */
  protected async change(method: string, job: ThreadJob): Promise<NotifyResult> {
    if (!this.#settings.isEnabled) return this.notAccepted(method);
    const desk = await this.#desks.ofThread(job.threadId);
    return desk ? desk.outbound.changeThread(job) : unavailable();
  }

  /** @internal */
  protected notAccepted(method: string): NotifyResult {
    return this.disabled(method, { accepted: false, reason: 'disabled' });
  }

  /** @internal */
  protected disabled<T>(method: string, result: T): T {
    this.#logger.debug(`${method}() did nothing: the module is disabled`);
    return result;
  }

  async #showTyping(threadId: string): Promise<void> {
    const desk = await this.#desks.ofThread(threadId);
    await desk?.typing.show(threadId);
  }
}

/** The result when a store does not answer. */
export function unavailable(id: string = randomUUID()): NotifyResult {
  return { accepted: false, reason: 'unavailable', id };
}
