import type { Message, MessageEntity } from '@grammyjs/types';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { messageRefOf } from './message-ref-of.js';

/**
 * What a message answers.
 *
 * - `notice`: a message of this bot, in this chat or another one.
 * - `elsewhere`: a message of this bot, of which Telegram does not say where it is.
 * - `post`: a channel's post that Telegram has forwarded to the discussion group.
 * - `others`: a message of somebody else; people talk to each other.
 * - `nothing`: it is no reply.
 */
export type AnsweredMessage =
  AnsweredNotice | AnsweredOther | { readonly kind: 'elsewhere' | 'post' | 'nothing' };

/** A notice that was answered. */
export interface AnsweredNotice {
  readonly kind: 'notice';
  readonly message: MessageRef;
  /** Null when the notice stands in another topic or chat: Telegram then names it by its id alone. */
  readonly entities: readonly MessageEntity[] | null;
  /** The part of the notice that the agent has quoted, if any. */
  readonly quote?: string | undefined;
}

/** What somebody else has written and was answered. */
export interface AnsweredOther {
  readonly kind: 'others';
  /** The message, if it stands in another topic or chat, and Telegram says where. */
  readonly message?: MessageRef | undefined;
}

/** What a message answers, as far as Telegram says. */
export function answeredMessage(message: Message, botId: number): AnsweredMessage {
  const { external_reply: external, reply_to_story: story } = message;
  const replied = repliedMessageOf(message);
  if (replied) return answeredHere(message, replied, botId);
  if (external) {
    const { origin, chat, message_id: messageId } = external;
    const isOwn = origin.type === 'user' && origin.sender_user.id === botId;
    const place = chat && messageId !== undefined ? { chatId: chat.id, messageId } : undefined;
    if (!isOwn) return { kind: 'others', message: place };
    if (!place) return { kind: 'elsewhere' };
    return { kind: 'notice', message: place, entities: null, quote: chosenQuote(message) };
  }
  return { kind: story ? 'others' : 'nothing' };
}

/**
 * The message of the same chat and topic that a message replies to. In a topic, every message that replies to nothing
 * names the first message of the topic.
 */
export function repliedMessageOf(message: Message): Message | undefined {
  const { reply_to_message: replied, is_topic_message: isInTopic } = message;
  const isTopicRoot = isInTopic && replied?.message_id === message.message_thread_id;
  return isTopicRoot ? undefined : replied;
}

function answeredHere(message: Message, replied: Message, botId: number): AnsweredMessage {
  if (replied.is_automatic_forward) return { kind: 'post' };
  // A message id means nothing in another chat.
  const isOwn = replied.from?.id === botId && replied.chat.id === message.chat.id;
  if (!isOwn) return { kind: 'others' };
  const entities = replied.entities ?? replied.caption_entities ?? [];
  return { kind: 'notice', message: messageRefOf(replied), entities, quote: chosenQuote(message) };
}

/** Telegram quotes a message of another topic or chat by itself, as a whole. */
function chosenQuote({ quote }: Message): string | undefined {
  return quote?.is_manual ? quote.text : undefined;
}
