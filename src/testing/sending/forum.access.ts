import { BotApiFailure } from '../http/bot-api.failure.js';
import type { MethodCall } from '../http/bot-api.method.js';
import type { ChatResolver } from '../world/chat.resolver.js';
import type { ChatRoom } from '../world/chat.room.js';
import type { Topic } from '../world/topic.list.js';

/** Names are cut at this many characters (td: ForumTopicManager.cpp). */
const MAX_NAME_LENGTH = 128;

/**
 * The chat of a call, which is a forum or a private chat with topics.
 *
 * @throws {@link BotApiFailure}
 */
export function findForum(chats: ChatResolver, { bot, parameters }: MethodCall): ChatRoom {
  const room = chats.resolve(bot, parameters.text('chat_id'), 'write');
  const hasTopics = room.isForum || (room.chat.type === 'private' && bot.hasTopicsEnabled);
  if (!hasTopics) throw BotApiFailure.of(400, 'the chat is not a forum');
  return room;
}

/**
 * The chat of a call, which is a forum: what cannot be done in private chats.
 *
 * @throws {@link BotApiFailure}
 */
export function findSupergroupForum(
  chats: ChatResolver,
  { bot, parameters }: MethodCall,
): ChatRoom {
  const room = chats.resolve(bot, parameters.text('chat_id'), 'write');
  if (!room.isForum) throw BotApiFailure.of(400, 'the chat is not a supergroup forum');
  return room;
}

/**
 * The topic of a call, which the bot may change because it created it or has the right to.
 *
 * @throws {@link BotApiFailure}
 */
export function findOwnTopic(
  { bot, parameters }: MethodCall,
  room: ChatRoom,
  needs: { readonly right: 'can_manage_topics' | 'can_delete_messages'; readonly to: string },
): Topic {
  const topic = room.topics.find(parameters.messageId('message_thread_id'));
  if (!topic) throw BotApiFailure.of(400, 'TOPIC_ID_INVALID');
  if (room.chat.type === 'private' || topic.creatorId === bot.id) return topic;
  if (!room.hasRight(bot.id, needs.right)) {
    throw BotApiFailure.of(400, `not enough rights to ${needs.to}`);
  }
  return topic;
}

/** A name as Telegram keeps it: cleaned, trimmed and cut. */
export function cleanTopicName(name: string): string {
  const cleaned = name.replace(/[\p{Cc}\u2028-\u202e]+/gu, ' ').trim();
  return Array.from(cleaned).slice(0, MAX_NAME_LENGTH).join('').trim();
}
