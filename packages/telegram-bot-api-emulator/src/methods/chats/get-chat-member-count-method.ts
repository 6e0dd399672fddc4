import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { ChatResolver } from '../../world/chat-resolver.js';

/** Counts who is in a chat. */
export class GetChatMemberCountMethod implements BotApiMethod {
  readonly name = 'getChatMemberCount';
  readonly #chats: ChatResolver;

  constructor(chats: ChatResolver) {
    this.#chats = chats;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'readMembers');
    return { result: [...room.members.keys()].filter((userId) => room.has(userId)).length };
  }
}
