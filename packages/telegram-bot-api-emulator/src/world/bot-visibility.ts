import type { Message, User } from '@grammyjs/types';
import type { ChatRoom } from './chat-room.js';

/** A message with one of these fields reports an event; every bot sees it. */
export const SERVICE_FIELDS = [
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'message_auto_delete_timer_changed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'video_chat_started',
  'video_chat_ended',
  'boost_added',
] as const satisfies ReadonlyArray<keyof Message>;

/** Whether a message reports an event. */
export function isServiceMessage(message: Message): boolean {
  return SERVICE_FIELDS.some((field) => message[field] !== undefined);
}

/** The bot, as far as what it sees goes. */
export interface BotSight {
  readonly user: User;
  /** Privacy mode switched off at BotFather. */
  readonly canReadAllGroupMessages: boolean;
}

/**
 * Whether the bot gets `message`, which a person wrote in `room`: where it is no member only that it
 * has gone (telegram-bot-api, Client.cpp, `need_skip_update_message`); all of a private chat and, as an administrator or without privacy mode, of a group; otherwise
 * commands for it, replies to its own messages, what was sent through it, and service messages.
 */
export function isVisibleToBot(room: ChatRoom, message: Message, bot: BotSight): boolean {
  if (!room.has(bot.user.id)) return message.left_chat_member?.id === bot.user.id;
  if (room.chat.type === 'private' || room.chat.type === 'channel') return true;
  if (room.statusOf(bot.user.id) === 'administrator' || bot.canReadAllGroupMessages) return true;
  return (
    isServiceMessage(message) ||
    message.via_bot?.id === bot.user.id ||
    isReplyTo(message, bot.user) ||
    hasCommandFor(room, message, bot.user)
  );
}

/** That a message is in a topic which the bot created makes it no reply, however it looks. */
function isReplyTo(message: Message, bot: User): boolean {
  const { reply_to_message: replied, message_thread_id: threadId, is_topic_message } = message;
  const isImplicit = is_topic_message && replied?.message_id === threadId;
  return !isImplicit && replied?.from?.id === bot.id;
}

/** A command that names no bot is for the one that wrote last, if any did. */
function hasCommandFor(room: ChatRoom, message: Message, bot: User): boolean {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const lastBot = room.lastBotMessage()?.from;
  return entities.some((entity) => {
    if (entity.type !== 'bot_command') return false;
    const [, name] = text.slice(entity.offset, entity.offset + entity.length).split('@');
    return name === undefined
      ? lastBot === undefined || lastBot.id === bot.id
      : name.toLowerCase() === bot.username?.toLowerCase();
  });
}
