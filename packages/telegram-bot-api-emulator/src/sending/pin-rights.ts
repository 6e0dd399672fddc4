import { BotApiError } from '../common/bot-api.error.js';
import type { BotAccount } from '../world/bot-account.js';
import type { ChatRoom } from '../world/chat-room.js';

/** @throws {@link BotApiError} When the bot may not pin and unpin messages of the chat. */
export function checkPinRights({ id }: BotAccount, room: ChatRoom): void {
  if (room.chat.type === 'private') return;
  const right = room.chat.type === 'channel' ? 'can_edit_messages' : 'can_pin_messages';
  const mayAsMember = room.statusOf(id) === 'member' && room.permissions.can_pin_messages === true;
  if (!room.hasRight(id, right) && !mayAsMember) {
    throw BotApiError.of(400, 'not enough rights to manage pinned messages in the chat');
  }
}
