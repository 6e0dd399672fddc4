import type { BotApiClient } from '../bot-api/bot-api.client.js';
import type { Clock } from '../clock/clock.js';
import { pause } from '../clock/pause.js';
import { within } from '../clock/within.js';
import { BotApiError, BotApiRateLimitError, toError } from '../errors/index.js';
import type { ChatBudget } from '../outbox/chat.budget.js';
import { LineLogger } from '../log/line.logger.js';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** What an agent sees on a message of theirs that the app has taken. */
const TAKEN = '👍';

/** How often a receipt is tried that Telegram answers with 429. */
const ATTEMPTS = 3;

/** What {@link ReplyReceipts} works with. */
export interface ReplyReceiptsParts {
  /** One that has a 429 stop the chat. */
  readonly api: BotApiClient;
  readonly budget: ChatBudget;
  readonly clock: Clock;
}

/** Shows agents which of their replies the app has taken, without a message that costs budget. */
export class ReplyReceipts {
  readonly #logger = new LineLogger(ReplyReceipts.name);
  readonly #parts: ReplyReceiptsParts;
  readonly #underWay = new Set<Promise<void>>();
  readonly #ending = new AbortController();

  constructor(parts: ReplyReceiptsParts) {
    this.#parts = parts;
  }

  /** Sets the reaction in the background: a thread does not wait for it. */
  confirm(message: MessageRef): void {
    const reaction = this.#react(message).finally(() => this.#underWay.delete(reaction));
    this.#underWay.add(reaction);
  }

  /** Gives up the receipts that wait; resolves when none is under way, or after `graceMs` of real time. */
  async close(graceMs: number): Promise<void> {
    this.#ending.abort();
    await within(Promise.all(this.#underWay), graceMs).catch((error: unknown) => {
      this.#logger.warn(`Some replies got no receipt: ${toError(error).message}`);
    });
  }

  async #react({ chatId, messageId }: MessageRef): Promise<void> {
    try {
      await this.#whenWelcome(() =>
        this.#parts.api.call('setMessageReaction', {
          chat_id: chatId,
          message_id: messageId,
          reaction: [{ type: 'emoji', emoji: TAKEN }],
        }),
      );
    } catch (error) {
      // The message is in the group that the desk was before it became a supergroup.
      if (error instanceof BotApiError && error.parameters.migrate_to_chat_id) return;
      const reason = toError(error).message;
      this.#logger.warn(`The app took message ${messageId}, but it got no receipt: ${reason}`);
    }
  }

  /** Leaves Telegram alone while it wants to hear nothing, and tries again what it did not want then. */
  async #whenWelcome(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const waitMs = await this.#parts.budget.blockedMs();
      if (waitMs > 0) await this.#pause(waitMs);
      try {
        await work();
        return;
      } catch (error) {
        if (!(error instanceof BotApiRateLimitError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** @throws When the app ends meanwhile. */
  async #pause(durationMs: number): Promise<void> {
    const { signal } = this.#ending;
    await pause(this.#parts.clock, durationMs, signal);
    if (signal.aborted) throw new Error('the app ended while Telegram wanted to hear nothing');
  }
}
