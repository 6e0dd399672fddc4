import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { checkPinRights } from '../../sending/pin-rights.js';
import type { ChatResolver } from '../../world/chat-resolver.js';
import type { PinnedMessages } from '../../world/pinned-messages.js';

/** Unpins a message; without `message_id` the one that was pinned last. */
export class UnpinChatMessageMethod implements BotApiMethod {
  readonly name = 'unpinChatMessage';
  readonly #chats: ChatResolver;
  readonly #pins: PinnedMessages;

  constructor(chats: ChatResolver, pins: PinnedMessages) {
    this.#chats = chats;
    this.#pins = pins;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
    checkPinRights(bot, room);
    const messageId = parameters.messageId('message_id') || (room.pinned.at(-1) ?? 0);
    if (!room.history.find(messageId)) throw BotApiError.of(400, 'message to unpin not found');
    this.#pins.unpin(room, messageId);
    return { result: true };
  }
}
