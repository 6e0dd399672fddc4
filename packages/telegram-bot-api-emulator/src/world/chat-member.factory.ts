import type { ChatMember } from '@grammyjs/types';
import { createAdministratorRights } from './administrator-rights.js';
import type { RoomChat, RoomMember } from './chat-room.js';

const NO_RIGHTS = {
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
} as const;

/** The member object of somebody in `chat`. */
export function createChatMember({ user, status, rights }: RoomMember, chat: RoomChat): ChatMember {
  switch (status) {
    case 'creator':
      return chat.type === 'private'
        ? { user, status: 'member' }
        : { user, status, is_anonymous: false };
    case 'administrator': {
      const held = rights ?? createAdministratorRights(chat.type);
      return { user, status, can_be_edited: false, ...held };
    }
    case 'restricted':
      return { user, status, is_member: true, until_date: 0, ...NO_RIGHTS };
    case 'kicked':
      return { user, status, until_date: 0 };
    case 'member':
    case 'left':
      return { user, status };
  }
}
