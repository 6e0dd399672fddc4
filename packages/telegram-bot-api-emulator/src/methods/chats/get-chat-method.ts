import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { ChatResolver } from '../../world/chat-resolver.js';

/** What every chat has without having chosen it. */
const DEFAULTS = {
  accepted_gift_types: {
    unlimited_gifts: false,
    limited_gifts: false,
    unique_gifts: false,
    premium_subscription: false,
    gifts_from_channels: false,
  },
  max_reaction_count: 11,
  accent_color_id: 0,
} as const;

/** Says what a chat is (telegram-bot-api, Client.cpp, `JsonChat`). */
export class GetChatMethod implements BotApiMethod {
  readonly name = 'getChat';
  readonly #chats: ChatResolver;

  constructor(chats: ChatResolver) {
    this.#chats = chats;
  }

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const room = this.#chats.resolve(bot, parameters.text('chat_id'), 'read');
    const { chat, linked } = room;
    const username = chat.type === 'group' ? undefined : chat.username;
    const pinned = room.history.find(room.pinned.at(-1) ?? 0);
    const reactions = room.allowedReactions?.map((emoji) => ({ type: 'emoji', emoji }));
    const isGroup = chat.type === 'group' || chat.type === 'supergroup';
    return {
      result: {
        ...chat,
        ...(username !== undefined && { active_usernames: [username] }),
        ...(isGroup && { permissions: room.permissions }),
        ...(room.slowModeSeconds > 0 && { slow_mode_delay: room.slowModeSeconds }),
        ...(reactions && { available_reactions: reactions }),
        ...(linked && { linked_chat_id: linked.id }),
        ...(pinned && { pinned_message: pinned }),
        ...DEFAULTS,
      },
    };
  }
}
