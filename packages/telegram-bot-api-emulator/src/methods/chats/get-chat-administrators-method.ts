import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { createChatMember } from '../../world/chat-member.factory.js';
import type { ChatResolver } from '../../world/chat-resolver.js';

/** Lists who runs a chat, other bots left out. */
export class GetChatAdministratorsMethod implements BotApiMethod {
  readonly name = 'getChatAdministrators';
  readonly #chats: ChatResolver;

  constructor(chats: ChatResolver) {
    this.#chats = chats;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'readMembers');
    if (room.chat.type === 'private') {
      throw BotApiError.of(400, 'there are no administrators in the private chat');
    }
    const result = [...room.members.values()]
      .filter(({ user, status }) => {
        const runs = status === 'creator' || status === 'administrator';
        return runs && (!user.is_bot || user.id === bot.id);
      })
      .map((member) => createChatMember(member, room.chat));
    return { result };
  }
}
