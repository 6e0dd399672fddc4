import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import type { ReactionEmoji } from '../config/reaction-emoji.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotApiError } from '../errors/index.js';
import type { ShownReaction } from '../outbound/jobs/customer-signal-job.interface.js';
import { DeskNotices } from '../outbound/desk-notices.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { nearReactions } from './near-reactions.js';

/** A reaction must not wait as long as a message may. */
const MAX_CALL_MS = 10_000;

/** The message is gone, or is in a group that has become a supergroup since. */
const IS_GONE = /message to react not found|message not found|MESSAGE_ID_INVALID/i;

/** The reaction is not one of Telegram's, or the chat does not allow it. */
const IS_FORBIDDEN = /REACTION/;

/** Stands for the reaction on a reply that is deleted, whose 🙈 stays. */
const DELETED = 'deleted';

/** Shows how customers react, by the one reaction that the bot has on each message, in place of its 👍 or 👀. */
@Injectable()
export class CustomerReaction {
  readonly #shown: TtlStore;
  readonly #timeoutMs: number;
  /** What says something else on a reply: by the bot, or by an agent. */
  readonly #signs: ReadonlySet<ReactionEmoji | null>;

  constructor(
    private readonly api: BotApiClient,
    private readonly deskNotices: DeskNotices,
    storage: DeskStorage,
    { mappingTtlSeconds, requestTimeoutMs, reactions }: TelegramSettings,
  ) {
    const { taken, read, deleted, close } = reactions;
    this.#signs = new Set([taken, read, deleted, close]);
    this.#shown = storage.ttlStore('reacted', mappingTtlSeconds * 1000);
    this.#timeoutMs = Math.min(requestTimeoutMs, MAX_CALL_MS);
  }

  /**
   * Sets the emoji, else one that says nearly the same, else says it in words, once for each message. On a reply none of
   * them is an emoji of the option `reactions`.
   *
   * @throws {@link BotApiError} When Telegram refuses it for another reason, or does not answer.
   */
  async set(threadId: string, message: MessageRef, reaction: ShownReaction): Promise<void> {
    const { emoji, isOnReply } = reaction;
    if ((await this.#shown.get(keyOf(message))) === DELETED) return;
    if (emoji === null) {
      await this.#react(message, []);
      await this.#shown.delete(keyOf(message));
      return;
    }
    try {
      for (const near of nearReactions(emoji)) {
        if (isOnReply && this.#signs.has(near)) continue;
        if (!(await this.#isTaken(message, near))) continue;
        await this.#shown.set(keyOf(message), near);
        return;
      }
    } catch (error) {
      if (!(error instanceof BotApiError) || !IS_GONE.test(error.description)) throw error;
      // A reply to it would stand outside of the topic of the thread.
      await this.deskNotices.tellReaction(threadId, reaction, keyOf(message));
      return;
    }
    await this.deskNotices.tellReaction(threadId, reaction, message);
  }

  /** Forgets what a message shows. */
  forget(message: MessageRef): Promise<void> {
    return this.#shown.delete(keyOf(message));
  }

  /** The reply is deleted, and shows no reaction of the customer any more. */
  async end(message: MessageRef): Promise<void> {
    await this.#shown.set(keyOf(message), DELETED);
  }

  /** Whether a message shows how the customer reacts, or that it is deleted, which no receipt may replace. */
  async isOn(message: MessageRef): Promise<boolean> {
    return (await this.#shown.get(keyOf(message))) !== null;
  }

  async #isTaken(message: MessageRef, emoji: ReactionEmoji): Promise<boolean> {
    try {
      await this.#react(message, [{ type: 'emoji', emoji }]);
      return true;
    } catch (error) {
      if (error instanceof BotApiError && IS_FORBIDDEN.test(error.description)) return false;
      throw error;
    }
  }

  async #react(
    { chatId, messageId }: MessageRef,
    reaction: Array<{ type: 'emoji'; emoji: ReactionEmoji }>,
  ): Promise<void> {
    await this.api.call(
      'setMessageReaction',
      { chat_id: chatId, message_id: messageId, reaction },
      { timeoutMs: this.#timeoutMs },
    );
  }
}

function keyOf({ chatId, messageId }: MessageRef): string {
  return `${chatId}:${messageId}`;
}
