import type { Chat, Message, MessageEntity, User } from '@grammyjs/types';
import type { ChatRoom } from './chat-room.js';
import type { FormattedText, TextEntity } from '../text/formatted-text.interface.js';

/** Who a message is from, as its fields say. */
export interface MessageSender {
  /** Nobody in channels. */
  readonly from?: User;
  readonly sender_chat?: Chat;
  readonly author_signature?: string;
}

/** What a message says, beyond who sent it where and when. */
export interface MessageDraft {
  readonly messageId: number;
  readonly sender: MessageSender;
  /** Seconds since the Unix epoch. */
  readonly date: number;
  readonly replied?: Message;
  /** The topic it goes to, where the chat has topics. */
  readonly messageThreadId?: number;
  /** Whether it is the first message of a topic. */
  readonly startsTopic?: boolean;
  readonly content: Partial<Message>;
}

/** Builds a message of `room` with the fields in the order in which Telegram writes them. */
export function composeMessage(room: ChatRoom, draft: MessageDraft): Message {
  return {
    message_id: draft.messageId,
    ...draft.sender,
    chat: room.chat,
    date: draft.date,
    ...placeMessage(room, draft),
    ...draft.content,
  };
}

/**
 * The thread and what is replied to. In a forum every message of a topic that is no reply carries
 * the topic's first message as `reply_to_message`; in other supergroups a reply carries the id of
 * the thread's first message, without `is_topic_message`
 * (telegram-bot-api, Client.cpp:4172-4184, 18385-18414; td: MessageTopic.cpp:56-79).
 */
function placeMessage(
  room: ChatRoom,
  { replied, messageThreadId, messageId, startsTopic }: MessageDraft,
): Partial<Message> {
  if (startsTopic) return { message_thread_id: messageId, is_topic_message: true };
  const repliedTopic = replied?.is_topic_message ? replied.message_thread_id : undefined;
  const privateTopic = room.chat.type === 'private' ? (messageThreadId ?? repliedTopic) : undefined;
  if (privateTopic !== undefined) {
    return { message_thread_id: privateTopic, is_topic_message: true, ...quoteReplied(replied) };
  }
  if (room.chat.type !== 'supergroup') return { ...quoteReplied(replied) };
  if (!room.isForum) {
    if (!replied) return {};
    const root = replied.message_thread_id ?? replied.message_id;
    return { message_thread_id: root, ...quoteReplied(replied) };
  }
  const topic = repliedTopic ?? messageThreadId;
  if (topic === undefined) return { ...quoteReplied(replied) };
  const quoted = quoteReplied(replied ?? room.history.find(topic));
  return { message_thread_id: topic, is_topic_message: true, ...quoted };
}

function quoteReplied(replied: Message | undefined): Pick<Message, 'reply_to_message'> {
  return replied ? { reply_to_message: { ...replied, reply_to_message: undefined } } : {};
}

/** The text fields of a message; a mention of a user whom `findUser` does not know goes. */
export function textContent(
  formatted: FormattedText,
  findUser: (id: number) => User | undefined,
): Pick<Message, 'text' | 'entities'> {
  const entities = formatted.entities.flatMap((entity) => toMessageEntity(entity, findUser) ?? []);
  return entities.length === 0 ? { text: formatted.text } : { text: formatted.text, entities };
}

function toMessageEntity(
  entity: TextEntity,
  findUser: (id: number) => User | undefined,
): MessageEntity | undefined {
  const { offset, length } = entity;
  switch (entity.type) {
    case 'text_link':
      return entity.url === undefined
        ? undefined
        : { offset, length, type: entity.type, url: entity.url };
    case 'text_mention': {
      const user = findUser(entity.userId ?? 0);
      return user && { offset, length, type: entity.type, user };
    }
    case 'pre':
      return entity.language === undefined
        ? { offset, length, type: entity.type }
        : { offset, length, type: entity.type, language: entity.language };
    case 'custom_emoji':
      return { offset, length, type: entity.type, custom_emoji_id: entity.customEmojiId ?? '' };
    case 'date_time':
      return {
        offset,
        length,
        type: entity.type,
        unix_time: entity.unixTime ?? 0,
        date_time_format: entity.dateTimeFormat ?? '',
      };
    default:
      return { offset, length, type: entity.type };
  }
}
