import type { Message } from '@grammyjs/types';
import type { BotApiCallOptions, BotApiClient } from '../bot/bot-api-client.js';
import type { BotApiParams } from '../bot/bot-api-types.js';
import { BotApiError } from '../errors/index.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { AdminChat } from './admin-chat.js';

/** A message without the chat it goes to. */
export type AdminChatMessage = Omit<BotApiParams<'sendMessage'>, 'chat_id'>;

type ReplyParameters = AdminChatMessage['reply_parameters'];

/** Sends messages to the admin chat, wherever it has moved. */
export class AdminChatSender {
  readonly #api: BotApiClient;
  readonly #adminChat: AdminChat;
  readonly #options: BotApiCallOptions;

  constructor(api: BotApiClient, adminChat: AdminChat, options: BotApiCallOptions = {}) {
    this.#api = api;
    this.#options = options;
    this.#adminChat = adminChat;
  }

  /**
   * @param chainTo A message that it replies to if that is still there, and in the same chat.
   * @throws {@link BotApiError} When Telegram did not take it.
   */
  async send(message: AdminChatMessage, chainTo?: MessageRef): Promise<Message> {
    try {
      return await this.#sendTo(this.#adminChat.id, message, chainTo);
    } catch (error) {
      const movedTo = error instanceof BotApiError && error.parameters.migrate_to_chat_id;
      if (!movedTo) throw error;
      this.#adminChat.moveTo(movedTo);
      return this.#sendTo(movedTo, message, chainTo);
    }
  }

  #sendTo(chatId: number | string, message: AdminChatMessage, chainTo?: MessageRef) {
    const chain = chainTo && chainOf(chatId, chainTo);
    const params = chain ? { ...message, reply_parameters: chain } : message;
    return this.#api.call('sendMessage', { chat_id: chatId, ...params }, this.#options);
  }
}

/** In another chat the same id is another message; a public group's name stays when its id changes. */
function chainOf(
  chatId: number | string,
  { chatId: ofChat, messageId }: MessageRef,
): ReplyParameters {
  const isHere = typeof chatId === 'string' || chatId === ofChat;
  return isHere ? { message_id: messageId, allow_sending_without_reply: true } : undefined;
}
