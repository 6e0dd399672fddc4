import { BotApiError } from '../common/bot-api.error.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { MessageKind } from './message-kinds.js';

/**
 * Whether the bot may send messages of a kind, as far as td knows (td: MessageContent.cpp:6151-6345).
 *
 * @throws {@link BotApiError}
 */
export function checkSendRights(
  { id }: BotAccount,
  room: ChatRoom,
  { permission, noun }: MessageKind,
): void {
  if (room.chat.type === 'private') return;
  if (room.chat.type === 'channel') {
    if (room.hasRight(id, 'can_post_messages')) return;
    throw BotApiError.of(400, 'need administrator rights in the channel chat');
  }
  const status = room.statusOf(id);
  const mayAsMember = status === 'member' && room.permissions[permission] !== false;
  if (status !== 'administrator' && status !== 'creator' && !mayAsMember) {
    throw BotApiError.of(400, `not enough rights to send ${noun} to the chat`);
  }
}

/**
 * Whether the other side of a private chat takes messages, which only the data centre knows.
 *
 * @throws {@link BotApiError}
 */
export function checkNotBlocked({ id }: BotAccount, room: ChatRoom): void {
  if (room.chat.type === 'private' && room.statusOf(id) === 'kicked') {
    throw BotApiError.of(403, 'bot was blocked by the user');
  }
}
