import type { Message } from '@grammyjs/types';
import type { ChatRoom } from '../world/chat-room.js';

/** A topic of a forum, as an agent sees it. */
export interface EmulatedTopic {
  /** Its `message_thread_id`. */
  readonly id: number;
  readonly name: string;
  readonly iconColor: number;
  /** Empty without one. */
  readonly iconCustomEmojiId: string;
  readonly isClosed: boolean;
  /** The messages in it, the oldest first, the one that created it included. */
  readonly messages: readonly Message[];
}

/** The topics of a chat but for the General one, the oldest first. */
export function listTopics(room: ChatRoom): EmulatedTopic[] {
  const messages = room.history.messages;
  return room.topics.list.map(({ id, name, iconColor, iconCustomEmojiId = '', isClosed }) => ({
    id,
    name,
    iconColor,
    iconCustomEmojiId,
    isClosed,
    messages: messages.filter(
      (message) => message.is_topic_message && message.message_thread_id === id,
    ),
  }));
}
