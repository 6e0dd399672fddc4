import { Injectable } from '@nestjs/common';
import { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import { SafeLogger } from '../common/safe-logger.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber, toError } from '../errors/index.js';
import type { AcknowledgementJob } from '../inbound/acknowledgement-job.interface.js';
import { AcknowledgementReaction } from './acknowledgement-reaction.js';
import { CustomerReaction } from './customer-reaction.js';

/** The waits after the first, second, … failure; the last one is repeated. */
const BACKOFF_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 600_000];

/** With the waits above, a day: after that nobody looks at the message any more. */
const MAX_TRIES = 150;

/** How often it is tried when Telegram refuses it for a reason that is not known here. */
const MAX_TRIES_WHEN_REFUSED = 5;

/** The agent's message is gone, or is in a group that has become a supergroup since. */
const MESSAGE_IS_GONE = /message to react not found|message not found|MESSAGE_ID_INVALID/i;

/**
 * Shows agents which of their replies the app has handled, and which it has deleted: by a reaction, which the rate limit
 * does not count.
 */
@Injectable()
export class ReplyAcknowledger {
  readonly #logger: SafeLogger;
  /** The problem that is in the log already. */
  #logged: string | undefined;

  constructor(
    private readonly reaction: AcknowledgementReaction,
    private readonly customers: CustomerReaction,
    private readonly rateLimiter: ChatRateLimiter,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ReplyAcknowledger.name, errors);
  }

  /**
   * Tries once.
   *
   * @param tries How often it has been tried before.
   * @returns After how many milliseconds to try again; null when there is nothing more to do. Never rejects.
   */
  async acknowledge(job: AcknowledgementJob, tries: number): Promise<number | null> {
    try {
      const pausedMs = await this.rateLimiter.pausedMs();
      if (pausedMs > 0) return pausedMs;
      await this.#set(job);
      this.#logged = undefined;
      return null;
    } catch (error) {
      return this.#delayAfter(toError(error), deedOf(job), tries);
    }
  }

  async #set({
    threadId,
    message,
    isDeleted,
    isRead,
    reaction,
  }: AcknowledgementJob): Promise<void> {
    if (isDeleted) {
      await this.customers.end(message);
      return this.reaction.setDeleted(message);
    }
    if (reaction) await this.customers.set(threadId, message, reaction);
    // There is a receipt again when the customer has taken the reaction away.
    if (reaction && !reaction.receipt) return;
    // Whoever reacts has got and read the reply, and the bot has one reaction on each message.
    if (await this.customers.isOn(message)) return;
    const isReadMark = isRead || reaction?.receipt === 'read';
    await (isReadMark ? this.reaction.setRead(message) : this.reaction.setTaken(message));
  }

  #delayAfter(error: Error, deed: string, tries: number): number | null {
    if (error instanceof BotApiRateLimitError) return error.retryAfterMs;
    if (isGone(error)) {
      this.#logger.debug(`A reply is not acknowledged: ${this.#logger.describe(error)}`);
      return null;
    }
    const isLast = tries + 1 >= (isRefusal(error) ? MAX_TRIES_WHEN_REFUSED : MAX_TRIES);
    this.#log(error, deed, isLast ? 'It is given up' : 'It is tried again');
    return isLast ? null : (BACKOFF_MS[tries] ?? BACKOFF_MS.at(-1) ?? 0);
  }

  /** One line for each cause, not for each attempt. */
  #log(error: Error, deed: string, consequence: string): void {
    const message = this.#logger.describe(error);
    const line = `${deed}, but the reaction that says so could not be set: ${message}. ${consequence}`;
    if (this.#logged === line) return;
    this.#logged = line;
    this.#logger.warn(line);
  }
}

function deedOf({ isDeleted, isRead, reaction }: AcknowledgementJob): string {
  if (reaction) return 'A customer has reacted to a message';
  if (isRead) return 'A customer has read a reply';
  return `The app has ${isDeleted ? 'deleted' : 'handled'} a reply`;
}

function isGone(error: Error): boolean {
  if (!(error instanceof BotApiError)) return false;
  return (
    error.parameters.migrate_to_chat_id !== undefined || MESSAGE_IS_GONE.test(error.description)
  );
}

/** Whether Telegram has understood the call and refused it, which another try seldom changes. */
function isRefusal(error: Error): boolean {
  return error instanceof BotApiError && error.errorCode === 400;
}
