import type { ReactionTypeEmoji } from '@grammyjs/types';
import type { BotApiClient } from '../bot/bot-api-client.js';
import type { Clock } from '../common/clock.js';
import {
  BotApiError,
  BotApiRateLimitError,
  toError,
  type ErrorDescriber,
} from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TtlMap } from '../common/ttl-map.js';
import type { ChatRateLimiter } from '../chat/chat-rate-limiter.js';
import type { OutboundService } from '../outbound/outbound.service.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { allowedAcknowledgement } from './acknowledgement-emoji.js';

/** The waits after the first, second, … failure; the last one stands for all after it. */
const BACKOFF_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 600_000];

/** With the waits above, a day: after that nobody looks at the message any more. */
const MOST_TRIES = 150;

/** How often it is tried when Telegram refuses it for a reason that is not known here. */
const MOST_TRIES_WHEN_REFUSED = 5;

/** A reaction must not wait as long as a message may. */
const LONGEST_CALL_MS = 10_000;

/** How long it is remembered which emoji a chat allows; its administrators may change that. */
const CHOICE_LIFE_MS = 600_000;

/** The agent's message is gone, or is in a group that has become a supergroup since. */
const MESSAGE_IS_GONE = /message to react not found|message not found|MESSAGE_ID_INVALID/i;

/** What {@link ReplyAcknowledger} works with. */
export interface ReplyAcknowledgerParts {
  /** One that has a 429 stop the chat. */
  readonly api: BotApiClient;
  readonly budget: ChatRateLimiter;
  readonly clock: Clock;
  readonly outbox: OutboundService;
  /** How long a call may take. */
  readonly timeoutMs: number;
  readonly errors?: ErrorDescriber;
}

/** Shows agents which of their replies the app has taken: by a reaction, which costs no message of the budget. */
export class ReplyAcknowledger {
  readonly #logger: SafeLogger;
  readonly #parts: ReplyAcknowledgerParts;
  /** By chat, the emoji to use; null where the chat allows none that fits. */
  readonly #choices: TtlMap<ReactionTypeEmoji['emoji'] | null>;
  /** The trouble that the log already tells of. */
  #reported: string | undefined;

  constructor(parts: ReplyAcknowledgerParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(ReplyAcknowledger.name, parts.errors);
    this.#choices = new TtlMap(parts.clock, CHOICE_LIFE_MS);
  }

  /**
   * Tries once.
   *
   * @param tries How often it has been tried before.
   * @returns After how many milliseconds to try again; null when there is nothing more to do. Never rejects.
   */
  async acknowledge(message: MessageRef, tries: number): Promise<number | null> {
    try {
      const blockedMs = await this.#parts.budget.pausedMs();
      if (blockedMs > 0) return blockedMs;
      await this.#react(message);
      this.#reported = undefined;
      return null;
    } catch (error) {
      return this.#delayAfter(toError(error), tries);
    }
  }

  async #react(message: MessageRef): Promise<void> {
    const known = this.#choices.get(String(message.chatId));
    const emoji = known === undefined ? '👍' : known;
    if (emoji === null) return;
    try {
      await this.#set(message, emoji);
    } catch (error) {
      if (!(error instanceof BotApiError) || !/REACTION/.test(error.description)) throw error;
      await this.#reactAsAllowed(message, error);
    }
  }

  async #reactAsAllowed(message: MessageRef, refusal: BotApiError): Promise<void> {
    const { api, outbox } = this.#parts;
    const { chatId } = message;
    const timeoutMs = this.#timeoutMs;
    const chat = await api.call('getChat', { chat_id: chatId }, { timeoutMs });
    const { available_reactions: allowed } = chat;
    // All are allowed, so the refusal says something else.
    if (!allowed) throw refusal;
    const emoji = allowedAcknowledgement(allowed);
    if (emoji) await this.#set(message, emoji);
    else await outbox.notifyAgent('reactionsForbidden', message, {}, `chat:${chatId}`);
    this.#choices.set(String(chatId), emoji);
  }

  async #set({ chatId, messageId }: MessageRef, emoji: ReactionTypeEmoji['emoji']): Promise<void> {
    await this.#parts.api.call(
      'setMessageReaction',
      { chat_id: chatId, message_id: messageId, reaction: [{ type: 'emoji', emoji }] },
      { timeoutMs: this.#timeoutMs },
    );
  }

  get #timeoutMs(): number {
    return Math.min(this.#parts.timeoutMs, LONGEST_CALL_MS);
  }

  #delayAfter(error: Error, tries: number): number | null {
    if (error instanceof BotApiRateLimitError) return error.retryAfterMs;
    if (isGone(error)) {
      this.#logger.debug(`A reply is not acknowledged: ${this.#logger.describe(error)}`);
      return null;
    }
    const mostTries = isRefusal(error) ? MOST_TRIES_WHEN_REFUSED : MOST_TRIES;
    const isLast = tries + 1 >= mostTries;
    this.#report(error, isLast ? 'It is given up' : 'It is tried again');
    return isLast ? null : (BACKOFF_MS[tries] ?? BACKOFF_MS.at(-1) ?? 0);
  }

  /** One line for each cause, not for each attempt. */
  #report(error: Error, consequence: string): void {
    const message = this.#logger.describe(error);
    const line = `The app has taken a reply, but its 👍 could not be set: ${message}. ${consequence}`;
    if (this.#reported === line) return;
    this.#reported = line;
    this.#logger.warn(line);
  }
}

function isGone(error: Error): boolean {
  if (!(error instanceof BotApiError)) return false;
  return (
    error.parameters.migrate_to_chat_id !== undefined || MESSAGE_IS_GONE.test(error.description)
  );
}

/** Whether Telegram has understood the call and said no, which another try seldom changes. */
function isRefusal(error: Error): boolean {
  return error instanceof BotApiError && error.errorCode === 400;
}
