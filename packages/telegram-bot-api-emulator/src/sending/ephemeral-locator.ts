import { BotApiError } from '../common/bot-api.error.js';
import type { MethodCall } from '../http/bot-api-method.js';
import type { ChatResolver } from '../world/chat-resolver.js';
import type { LocatedMessage } from './message-locator.js';

/** Finds the ephemeral message that a call is about. */
export class EphemeralLocator {
  readonly #chats: ChatResolver;

  constructor(chats: ChatResolver) {
    this.#chats = chats;
  }

  /**
   * The bot's own message of `chat_id`, `receiver_user_id` and `ephemeral_message_id`, be it that the receiver does not
   * see it any more. Td needs the right to write (MessageQueryManager.cpp, `edit_ephemeral_message`); the other errors are
   * inferred.
   *
   * @throws {@link BotApiError}
   */
  findOwn({ bot, parameters }: MethodCall): LocatedMessage {
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
    const receiverId = parameters.integer('receiver_user_id', 0, 0, Number.MAX_SAFE_INTEGER);
    if (receiverId === 0) throw BotApiError.of(400, 'invalid receiver_user_id specified');
    const ephemeralId = parameters.messageId('ephemeral_message_id');
    const message = room.ephemeral.find(ephemeralId)?.message;
    const isOwn = message?.from?.id === bot.id && message.receiver_user?.id === receiverId;
    if (!isOwn) throw BotApiError.of(400, 'MESSAGE_ID_INVALID');
    return { room, message, store: room.ephemeral };
  }
}
