import type { ChatMemberAdministrator } from '@grammyjs/types';
import type { RoomChat } from './chat-room.js';

/** What an administrator may do. */
export type AdministratorRights = Omit<
  ChatMemberAdministrator,
  'user' | 'status' | 'can_be_edited' | 'custom_title'
>;

/** Everything but adding administrators and being anonymous, as far as the kind of chat has it. */
export function createAdministratorRights(type: RoomChat['type']): AdministratorRights {
  const isSupergroup = type === 'supergroup';
  const isChannel = type === 'channel';
  return {
    is_anonymous: false,
    can_manage_chat: true,
    can_change_info: true,
    can_delete_messages: true,
    can_invite_users: true,
    can_restrict_members: true,
    ...(!isChannel && { can_pin_messages: true }),
    can_promote_members: false,
    can_manage_video_chats: true,
    can_post_stories: isSupergroup || isChannel,
    can_edit_stories: isSupergroup || isChannel,
    can_delete_stories: isSupergroup || isChannel,
    ...(isChannel && { can_post_messages: true, can_edit_messages: true }),
    ...(!isChannel && { can_manage_topics: isSupergroup }),
    can_send_welcome_messages: false,
  };
}
