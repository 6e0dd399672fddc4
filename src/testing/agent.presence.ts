import type { Message, User } from '@grammyjs/types';
import type { ChatRoom } from './world/chat.room.js';
import { GENERAL_TOPIC_ID } from './world/topic.list.js';

/** Where in a chat somebody wants to write. */
export interface WritingPlace {
  readonly messageThreadId?: number | undefined;
  readonly replied?: Message | undefined;
}

/**
 * Whether somebody may do something in a chat, so that a test does not tell what cannot happen.
 *
 * @throws {Error}
 */
export function requirePresence(room: ChatRoom, user: User, place?: WritingPlace): void {
  const name = user.first_name;
  if (room.migratedToChatId !== undefined) {
    throw new Error(`Group ${room.id} has become supergroup ${room.migratedToChatId}; write there`);
  }
  if (room.isDeleted || room.isDeactivated) throw new Error(`Chat ${room.id} is gone`);
  if (room.chat.type === 'private') {
    const isBlocked = [...room.members.values()].some(({ status }) => status === 'kicked');
    if (isBlocked) throw new Error(`${name} has blocked the bot; set the bot's status first`);
    return;
  }
  if (!room.has(user.id)) throw new Error(`${name} is not in chat ${room.id} any more`);
  if (place) requireWriting(room, user, place);
}

function requireWriting(room: ChatRoom, user: User, place: WritingPlace): void {
  const name = user.first_name;
  if (room.statusOf(user.id) === 'restricted') {
    throw new Error(`${name} is restricted and cannot write in chat ${room.id}`);
  }
  if (room.chat.type === 'channel' && !room.hasRight(user.id, 'can_post_messages')) {
    throw new Error(`${name} is no administrator of channel ${room.id}`);
  }
  if (!room.isForum) return;
  const { messageThreadId, replied } = place;
  const repliedTopic = replied?.is_topic_message ? replied.message_thread_id : undefined;
  const threadId = messageThreadId ?? repliedTopic ?? GENERAL_TOPIC_ID;
  const topic = room.topics.find(threadId);
  if (!topic) throw new Error(`There is no topic ${threadId} in chat ${room.id}`);
  const mayWrite = topic.creatorId === user.id || room.hasRight(user.id, 'can_manage_topics');
  if (topic.isClosed && !mayWrite) throw new Error(`Topic "${topic.name}" is closed for ${name}`);
}
