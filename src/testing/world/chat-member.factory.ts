import type { ChatMember, User } from '@grammyjs/types';
import type { BotStatus, MemberStatus, RoomChat } from './chat.room.js';

/** The member object of `user` in `chat`. */
export function createChatMember(
  user: User,
  status: BotStatus | MemberStatus,
  chat: RoomChat,
): ChatMember {
  switch (status) {
    case 'creator':
      return chat.type === 'private'
        ? { user, status: 'member' }
        : { user, status, is_anonymous: false };
    case 'administrator':
      return createAdministrator(user, chat);
    case 'restricted':
      return createRestricted(user);
    case 'kicked':
      return { user, status, until_date: 0 };
    case 'member':
    case 'left':
      return { user, status };
  }
}

function createAdministrator(user: User, chat: RoomChat): ChatMember {
  const isSupergroup = chat.type === 'supergroup';
  return {
    user,
    status: 'administrator',
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_change_info: true,
    can_delete_messages: true,
    can_invite_users: true,
    can_restrict_members: true,
    can_pin_messages: true,
    can_promote_members: false,
    can_manage_video_chats: true,
    can_post_stories: isSupergroup,
    can_edit_stories: isSupergroup,
    can_delete_stories: isSupergroup,
    can_manage_topics: isSupergroup,
    can_send_welcome_messages: false,
  };
}

function createRestricted(user: User): ChatMember {
  return {
    user,
    status: 'restricted',
    is_member: true,
    until_date: 0,
    can_send_messages: false,
    can_send_audios: false,
    can_send_documents: false,
    can_send_photos: false,
    can_send_videos: false,
    can_send_video_notes: false,
    can_send_voice_notes: false,
    can_send_polls: false,
    can_send_other_messages: false,
    can_add_web_page_previews: false,
    can_react_to_messages: false,
    can_edit_tag: false,
    can_change_info: false,
    can_invite_users: false,
    can_pin_messages: false,
    can_manage_topics: false,
  };
}
