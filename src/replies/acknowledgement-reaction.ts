import { Injectable } from '@nestjs/common';
import type { ReactionTypeEmoji } from '@grammyjs/types';
import { BotApiClient } from '../bot/bot-api-client.js';
import { Clock } from '../common/clock.js';
import { TtlMap } from '../common/ttl-map.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { BotApiError } from '../errors/index.js';
import { OutboundService } from '../outbound/outbound.service.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { allowedAcknowledgement } from './acknowledgement-emoji.js';

/** A reaction must not wait as long as a message may. */
const MAX_CALL_MS = 10_000;

/** How long it is cached which emoji a chat allows; its administrators may change that. */
const CHOICE_LIFE_MS = 600_000;

/** Sets the reaction that acknowledges a reply: 👍, or what the chat allows in its place. */
@Injectable()
export class AcknowledgementReaction {
  /** By chat, the emoji to use; null where the chat allows none that fits. */
  readonly #choices: TtlMap<ReactionTypeEmoji['emoji'] | null>;
  readonly #timeoutMs: number;

  constructor(
    private readonly api: BotApiClient,
    private readonly outbound: OutboundService,
    clock: Clock,
    { requestTimeoutMs }: TelegramSettings,
  ) {
    this.#choices = new TtlMap(clock, CHOICE_LIFE_MS);
    this.#timeoutMs = Math.min(requestTimeoutMs, MAX_CALL_MS);
  }

  /** @throws {@link BotApiError} When Telegram refuses the reaction, or does not answer. */
  async set(message: MessageRef): Promise<void> {
    const cached = this.#choices.get(String(message.chatId));
    const emoji = cached === undefined ? '👍' : cached;
    if (emoji === null) return;
    try {
      await this.#react(message, emoji);
    } catch (error) {
      if (!(error instanceof BotApiError) || !/REACTION/.test(error.description)) throw error;
      await this.#reactAsAllowed(message, error);
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
    const emoji = allowedAcknowledgement(allowed);
    if (emoji) await this.#react(message, emoji);
    else await this.outbound.notifyAgent('reactions_forbidden', message, {}, `chat:${chatId}`);
    this.#choices.set(String(chatId), emoji);
  }

  async #react(
    { chatId, messageId }: MessageRef,
    emoji: ReactionTypeEmoji['emoji'],
  ): Promise<void> {
    await this.api.call(
      'setMessageReaction',
      { chat_id: chatId, message_id: messageId, reaction: [{ type: 'emoji', emoji }] },
      { timeoutMs: this.#timeoutMs },
    );
  }
}
