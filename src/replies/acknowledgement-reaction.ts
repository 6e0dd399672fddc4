import { Injectable } from '@nestjs/common';
import type { ReactionTypeEmoji } from '@grammyjs/types';
import { BotApiClient } from '../bot/bot-api-client.js';
import { Clock } from '../common/clock.js';
import { TtlMap } from '../common/ttl-map.js';
import type { ReactionEmoji } from '../config/reaction-emoji.js';
import type { ReactionSettings } from '../config/group-settings.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotApiError } from '../errors/index.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { allowedAcknowledgement } from './acknowledgement-emoji.js';

/** A reaction must not wait as long as a message may. */
const MAX_CALL_MS = 10_000;

/** How long it is cached which emoji a chat allows; its administrators may change that. */
const CHOICE_LIFE_MS = 600_000;

/**
 * Sets the reactions by which agents see what the app has done with their replies: 👍 and 🙈, or what the options say or
 * the chat allows in their place.
 */
@Injectable()
export class AcknowledgementReaction {
  /** By chat, the emoji to use; null where the chat allows none that fits. */
  readonly #choices: TtlMap<ReactionEmoji | null>;
  readonly #timeoutMs: number;
  readonly #reactions: ReactionSettings;

  constructor(
    private readonly api: BotApiClient,
    private readonly notices: AgentNotices,
    clock: Clock,
    { requestTimeoutMs, reactions }: TelegramSettings,
  ) {
    this.#choices = new TtlMap(clock, CHOICE_LIFE_MS);
    this.#reactions = reactions;
    this.#timeoutMs = Math.min(requestTimeoutMs, MAX_CALL_MS);
  }

  /**
   * Shows that the app has handled a reply.
   *
   * @throws {@link BotApiError} When Telegram refuses the reaction, or does not answer.
   */
  async setTaken(message: MessageRef): Promise<void> {
    const cached = this.#choices.get(String(message.chatId));
    const emoji = cached === undefined ? this.#reactions.taken : cached;
    if (emoji === null) return;
    try {
      await this.#react(message, emoji);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      await this.#reactAsAllowed(message, error);
    }
  }

  /**
   * Shows that the app has deleted a reply, by words where the chat forbids the reaction: any other would mislead, also
   * the 👍 of before.
   *
   * @throws {@link BotApiError} When Telegram refuses the reaction for another reason, or does not answer.
   */
  async setDeleted(message: MessageRef): Promise<void> {
    const emoji = this.#reactions.deleted;
    try {
      if (emoji) return await this.#react(message, emoji);
    } catch (error) {
      if (!isForbidden(error)) throw error;
    }
    await this.#removeReaction(message);
    await this.notices.notify('reply_deleted', message);
  }

  /**
   * Shows that the customer has read a reply; not in a chat that forbids the reaction.
   *
   * @throws {@link BotApiError} When Telegram refuses the reaction for another reason, or does not answer.
   */
  async setRead(message: MessageRef): Promise<void> {
    const emoji = this.#reactions.read;
    if (emoji === null) return;
    try {
      await this.#react(message, emoji);
    } catch (error) {
      if (!isForbidden(error)) throw error;
    }
  }

  async #reactAsAllowed(message: MessageRef, refusal: BotApiError): Promise<void> {
    const { chatId } = message;
    const chat = await this.api.call(
      'getChat',
      { chat_id: chatId },
      { timeoutMs: this.#timeoutMs },
    );
    const { available_reactions: allowed } = chat;
    // Without a list all reactions are allowed, so the refusal has another cause.
    if (!allowed) throw refusal;
    const emoji = allowedAcknowledgement(allowed, this.#reactions);
    if (emoji) await this.#react(message, emoji);
    else await this.notices.notify('reactions_forbidden', message, {}, `chat:${chatId}`);
    this.#choices.set(String(chatId), emoji);
  }

  /** Where Telegram refuses that, the words are there all the same. */
  async #removeReaction(message: MessageRef): Promise<void> {
    try {
      await this.#setReactions(message, []);
    } catch (error) {
      if (!(error instanceof BotApiError) || error.errorCode !== 400) throw error;
    }
  }

  #react(message: MessageRef, emoji: ReactionEmoji): Promise<void> {
    return this.#setReactions(message, [{ type: 'emoji', emoji }]);
  }

  async #setReactions(
    { chatId, messageId }: MessageRef,
    reaction: ReactionTypeEmoji[],
  ): Promise<void> {
    await this.api.call(
      'setMessageReaction',
      { chat_id: chatId, message_id: messageId, reaction },
      { timeoutMs: this.#timeoutMs },
    );
  }
}

/** Whether the chat does not allow the reaction. */
function isForbidden(error: unknown): error is BotApiError {
  return error instanceof BotApiError && /REACTION/.test(error.description);
}
