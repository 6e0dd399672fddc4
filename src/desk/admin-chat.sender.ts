import { Logger } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import type { BotApiClient } from '../bot-api/bot-api.client.js';
import type { BotApiParams } from '../bot-api/bot-api.types.js';
import { BotApiError } from '../errors/index.js';
import type { AdminChat } from './admin-chat.js';

/** A message without the chat it goes to. */
export type AdminChatMessage = Omit<BotApiParams<'sendMessage'>, 'chat_id'>;

/** Sends messages to the admin chat, wherever it has moved. */
export class AdminChatSender {
  readonly #logger = new Logger(AdminChatSender.name);
  readonly #api: BotApiClient;
  readonly #adminChat: AdminChat;

  constructor(api: BotApiClient, adminChat: AdminChat) {
    this.#api = api;
    this.#adminChat = adminChat;
  }

  /** @throws {@link BotApiError} When Telegram did not take it. */
  async send(message: AdminChatMessage): Promise<Message> {
    try {
      return await this.#api.call('sendMessage', { chat_id: this.#adminChat.id, ...message });
    } catch (error) {
      const movedTo = error instanceof BotApiError && error.parameters.migrate_to_chat_id;
      if (!movedTo) throw error;
      this.#logger.warn(
        `The admin chat has become the supergroup ${movedTo}; set adminChatId to it`,
      );
      this.#adminChat.moveTo(movedTo);
      return this.#api.call('sendMessage', { chat_id: movedTo, ...message });
    }
  }
}
