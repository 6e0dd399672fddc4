import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { Membership } from '../../world/membership.js';
import type { ChatResolver } from '../../world/chat-resolver.js';

/** Takes the bot out of a chat. */
export class LeaveChatMethod implements BotApiMethod {
  readonly name = 'leaveChat';
  readonly #chats: ChatResolver;
  readonly #membership: Membership;

  constructor(chats: ChatResolver, membership: Membership) {
    this.#chats = chats;
    this.#membership = membership;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'write');
    if (room.chat.type === 'private') {
      throw BotApiError.of(400, "chat member status can't be changed in private chats");
    }
    this.#membership.change(room, { user: bot.user, status: 'left' }, bot.user);
    return { result: true };
  }
}
