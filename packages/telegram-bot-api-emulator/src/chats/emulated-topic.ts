import type { Message } from '@grammyjs/types';
import type { ChatRoom } from '../world/chat-room.js';
import { topicIconEmoji } from '../world/topic-icons.js';

/** A topic of a forum, as an agent sees it. */
export interface EmulatedTopic {
  /** Its `message_thread_id`. */
  readonly id: number;
  readonly name: string;
  readonly iconColor: number;
  /** Empty without one. */
  readonly iconCustomEmojiId: string;
  /** The emoji that the icon stands for; empty without an icon, and for one that is not free. */
  readonly icon: string;
  readonly isClosed: boolean;
  /** The messages in it, the oldest first, the one that created it included. */
  readonly messages: readonly Message[];
}

/** The topics of a chat but for the General one, the oldest first. */
export function listTopics(room: ChatRoom): EmulatedTopic[] {
  const byTopic = new Map<number | undefined, Message[]>();
  for (const message of room.history.messages) {
    if (!message.is_topic_message) continue;
    const messages = byTopic.get(message.message_thread_id);
    if (messages) messages.push(message);
    else byTopic.set(message.message_thread_id, [message]);
  }
  return room.topics.list.map(({ id, name, iconColor, iconCustomEmojiId = '', isClosed }) => ({
    id,
    name,
    iconColor,
    iconCustomEmojiId,
    icon: topicIconEmoji(iconCustomEmojiId) ?? '',
    isClosed,
    messages: byTopic.get(id) ?? [],
  }));
}

/** The topics in words, for errors. */
export function describeTopics(topics: readonly EmulatedTopic[]): string {
  if (topics.length === 0) return 'There are no topics.';
  const lines = topics.map(({ id, icon, name, isClosed, messages }) => {
    const state = isClosed ? 'closed' : 'open';
    return `  ${[id, icon, name].filter((part) => part !== '').join(' ')}: ${state}, ${messages.length} messages`;
  });
  return `The topics are:\n${lines.join('\n')}`;
}
