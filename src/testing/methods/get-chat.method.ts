import type { ChatPermissions } from '@grammyjs/types';
import type { BotApiMethod, BotApiSuccess } from '../http/bot-api.method.js';
import type { BotApiParameters } from '../parameters/bot-api.parameters.js';
import type { ChatResolver } from '../world/chat.resolver.js';

/** What members of the emulator's groups may do: everything but running the group. */
const PERMISSIONS: ChatPermissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_change_info: true,
  can_invite_users: true,
  can_pin_messages: true,
};

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

  call(parameters: BotApiParameters): BotApiSuccess {
    const { chat } = this.#chats.resolve(parameters.text('chat_id'), 'read');
    const { username } = chat;
    return {
      result: {
        ...chat,
        ...(username !== undefined && { active_usernames: [username] }),
        ...(chat.type !== 'private' && { permissions: PERMISSIONS }),
        ...DEFAULTS,
      },
    };
  }
}
