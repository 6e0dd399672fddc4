import type { Message, User } from '@grammyjs/types';
import { kindOf } from '../sending/message-kinds.js';
import type { AdministratorRights } from '../world/administrator-rights.js';
import type { ChatRoom } from '../world/chat-room.js';
import { GENERAL_TOPIC_ID } from '../world/topic-list.js';

/** What somebody wants to write, and where in a chat. */
export interface Writing {
  readonly content: Partial<Message>;
  readonly messageThreadId?: number | undefined;
  readonly replied?: Message | undefined;
}

/** What somebody needs to do something. */
export interface NeededRight {
  /** What administrators need for it. */
  readonly right: keyof AdministratorRights;
  /** Whether mere members may do it too. */
  readonly isOpenToMembers?: boolean | undefined;
  /** What the error calls it. */
  readonly to: string;
}

/**
 * Whether anything can still happen in a chat.
 *
 * @throws {Error}
 */
export function requireOpen(room: ChatRoom): void {
  if (room.migratedToChatId !== undefined) {
    throw new Error(`Group ${room.id} has become supergroup ${room.migratedToChatId}; write there`);
  }
  if (room.isDeleted || room.isDeactivated) throw new Error(`Chat ${room.id} is gone`);
}

/**
 * Whether somebody may do something in a chat, so that a test does not contain what cannot happen.
 *
 * @throws {Error}
 */
export function requirePresence(room: ChatRoom, user: User, writing?: Writing): void {
  requireOpen(room);
  const name = user.first_name;
  if (room.chat.type === 'private') {
    const isBlocked = [...room.members.values()].some(({ status }) => status === 'kicked');
    if (isBlocked) throw new Error(`${name} has blocked the bot; set the bot's status first`);
  } else if (!room.has(user.id)) {
    throw new Error(`${name} is not in chat ${room.id} any more`);
  }
  if (!writing) return;
  requireWriting(room, user, writing);
  requireTopic(room, user, writing);
}

/**
 * Whether somebody sees a chat: who is in it does, and of a public one everybody who is not banned.
 *
 * @throws {Error}
 */
export function requireSight(room: ChatRoom, user: User): void {
  const { chat } = room;
  const isPublic = (chat.type === 'supergroup' || chat.type === 'channel') && chat.username;
  if (!isPublic || room.statusOf(user.id) === 'kicked') requirePresence(room, user);
}

/**
 * Whether somebody who is in a chat has a right there. In private chats everybody may do everything.
 *
 * @throws {Error}
 */
export function requireRight(
  room: ChatRoom,
  user: User,
  { right, isOpenToMembers = false, to }: NeededRight,
): void {
  const mayAsMember = isOpenToMembers && room.statusOf(user.id) === 'member';
  if (room.chat.type === 'private' || mayAsMember || room.hasRight(user.id, right)) return;
  throw new Error(`${user.first_name} may not ${to} in chat ${room.id}`);
}

function requireWriting(room: ChatRoom, user: User, { content }: Writing): void {
  const name = user.first_name;
  const status = room.statusOf(user.id);
  if (status === 'restricted') {
    throw new Error(`${name} is restricted and cannot write in chat ${room.id}`);
  }
  if (room.chat.type === 'channel' && !room.hasRight(user.id, 'can_post_messages')) {
    throw new Error(`${name} is no administrator of channel ${room.id}`);
  }
  const { permission, noun } = kindOf(content);
  if (status === 'member' && room.permissions[permission] === false) {
    throw new Error(`Members may not send ${noun} in chat ${room.id}`);
  }
}

function requireTopic(room: ChatRoom, user: User, { messageThreadId, replied }: Writing): void {
  const isPrivate = room.chat.type === 'private';
  const repliedTopic = replied?.is_topic_message ? replied.message_thread_id : undefined;
  if (!room.isForum && !(isPrivate && messageThreadId !== undefined)) return;
  if (replied && messageThreadId !== undefined && messageThreadId !== repliedTopic) {
    throw new Error(`Message ${replied.message_id} is not in topic ${messageThreadId}`);
  }
  const threadId = messageThreadId ?? repliedTopic ?? GENERAL_TOPIC_ID;
  const topic = room.topics.find(threadId);
  if (!topic) {
    throw new Error(`There is no topic ${threadId} in chat ${room.id}`);
  }
  const mayWrite = topic.creatorId === user.id || room.hasRight(user.id, 'can_manage_topics');
  if (topic.isClosed && !mayWrite) {
    throw new Error(`Topic "${topic.name}" is closed for ${user.first_name}`);
  }
}
