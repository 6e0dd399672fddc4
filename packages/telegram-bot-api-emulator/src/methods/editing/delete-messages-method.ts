import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { readMessageIds } from '../../parameters/message-ids-reader.js';
import type { MessageDeleter } from '../../sending/message-deleter.js';
import type { ChatResolver } from '../../world/chat-resolver.js';

/** Deletes up to 100 messages, or none when one cannot be deleted; those that are gone are skipped. */
export class DeleteMessagesMethod implements BotApiMethod {
  readonly name = 'deleteMessages';
  readonly #chats: ChatResolver;
  readonly #deleter: MessageDeleter;

  constructor(chats: ChatResolver, deleter: MessageDeleter) {
    this.#chats = chats;
    this.#deleter = deleter;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const messageIds = readMessageIds(parameters);
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
    const messages = messageIds.flatMap((messageId) => room.history.find(messageId) ?? []);
    this.#deleter.delete(
      bot,
      messages.map((message) => ({ room, message })),
    );
    return { result: true };
  }
}
