import type { Message } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { MethodCall } from '../http/bot-api-method.js';
import { readMessageIds } from '../parameters/message-ids-reader.js';
import type { ChatResolver } from '../world/chat-resolver.js';

/** Finds the messages that are to be copied or forwarded. */
export class MessageSource {
  readonly #chats: ChatResolver;

  constructor(chats: ChatResolver) {
    this.#chats = chats;
  }

  /**
   * The message of `from_chat_id` and `message_id`.
   *
   * @param verb `copy` or `forward`.
   * @throws {@link BotApiError}
   */
  find({ bot, parameters }: MethodCall, verb: string): Message {
    const room = this.#chats.resolve(bot, parameters.text('from_chat_id'), 'read');
    const message = room.history.find(parameters.messageId('message_id'));
    if (!message) throw BotApiError.of(400, `message to ${verb} not found`);
    return message;
  }

  /**
   * The messages of `from_chat_id` and `message_ids`; those that are gone are skipped.
   *
   * @throws {@link BotApiError}
   */
  findAll({ bot, parameters }: MethodCall): Message[] {
    const room = this.#chats.resolve(bot, parameters.text('from_chat_id'), 'read');
    const ids = readMessageIds(parameters);
    if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))) {
      throw BotApiError.of(400, 'message identifiers must be in a strictly increasing order');
    }
    const messages = ids.flatMap((id) => room.history.find(id) ?? []);
    if (messages.length === 0) throw BotApiError.of(400, 'there are no messages to forward');
    return messages;
  }
}
