import { BotApiError } from '../common/bot-api.error.js';
import type { MethodCall } from '../http/bot-api-method.js';
import { cleanName } from '../text/clean-name.js';
import type { ChatResolver } from '../world/chat-resolver.js';
import type { ChatRoom } from '../world/chat-room.js';
import { isTopicIcon } from '../world/topic-icons.js';
import type { Topic } from '../world/topic-list.js';

/** Names are cut at this many characters (td: ForumTopicManager.h, `MAX_FORUM_TOPIC_TITLE_LENGTH`). */
const MAX_NAME_LENGTH = 128;

/**
 * The chat of a call, which is a forum or a private chat with topics.
 *
 * @throws {@link BotApiError}
 */
export function findForum(chats: ChatResolver, { bot, parameters }: MethodCall): ChatRoom {
  const room = chats.resolve(bot, parameters.text('chat_id'), 'write');
  const hasTopics = room.isForum || (room.chat.type === 'private' && bot.hasTopicsEnabled);
  if (!hasTopics) throw BotApiError.of(400, 'the chat is not a forum');
  return room;
}

/**
 * The chat of a call, which is a forum: what cannot be done in private chats.
 *
 * @throws {@link BotApiError}
 */
export function findSupergroupForum(chats: ChatResolver, call: MethodCall): ChatRoom {
  const room = findForum(chats, call);
  if (!room.isForum) throw BotApiError.of(400, 'the chat is not a supergroup forum');
  return room;
}

/** What it takes to change a topic, unless the bot created it. */
export interface TopicNeeds {
  readonly right: 'can_manage_topics' | 'can_delete_messages';
  /** What Telegram says that the right is for. */
  readonly to: string;
}

/**
 * The topic of a call, which the bot may change because it created it or has the right to.
 *
 * @throws {@link BotApiError}
 */
export function findOwnTopic(call: MethodCall, room: ChatRoom, needs: TopicNeeds): Topic {
  const topic = seekOwnTopic(call, room, needs);
  if (!topic) throw BotApiError.of(400, 'TOPIC_ID_INVALID');
  return topic;
}

/**
 * The same for calls that may be over before the data centre learns of them, which alone knows that
 * there is no such topic: undefined then.
 *
 * @throws {@link BotApiError}
 */
export function seekOwnTopic(
  { bot, parameters }: MethodCall,
  room: ChatRoom,
  { right, to }: TopicNeeds,
): Topic | undefined {
  const id = parameters.messageId('message_thread_id');
  if (id === 0) throw BotApiError.of(400, 'invalid forum topic identifier specified');
  const topic = room.topics.find(id);
  const isFree = room.chat.type === 'private' || topic?.creatorId === bot.id;
  if (topic && !isFree && !room.hasRight(bot.id, right)) {
    throw BotApiError.of(400, `not enough rights to ${to}`);
  }
  return topic;
}

/** The name of a topic as Telegram keeps it; empty when there is nothing to see. */
export function cleanTopicName(name: string): string {
  return cleanName(name, MAX_NAME_LENGTH);
}

/**
 * The custom emoji that a call asks for as the icon of a topic; empty without one. A bot has only
 * those that `getForumTopicIconStickers` names
 * (MTProto documentation, `messages.editForumTopic`: `DOCUMENT_INVALID`).
 *
 * @throws {@link BotApiError}
 */
export function readTopicIcon({ parameters }: MethodCall): string {
  // What does not begin with a number is 0, which is none.
  const id = /^0*(\d*)/.exec(parameters.text('icon_custom_emoji_id'))?.[1] ?? '';
  if (id !== '' && !isTopicIcon(id)) throw BotApiError.of(400, 'DOCUMENT_INVALID');
  return id;
}
