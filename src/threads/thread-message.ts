import type { Message } from '@grammyjs/types';
import type { ThreadMessage, ThreadMessageKind } from './thread-message.interface.js';

/** A message of Telegram's as one of a thread. */
export function threadMessageOf(
  {
    chat,
    message_id: messageId,
    message_thread_id: topicId,
    is_topic_message: isInTopic,
    date,
  }: Message,
  kind: ThreadMessageKind,
): ThreadMessage {
  const topic = isInTopic && topicId !== undefined ? { topicId } : {};
  return { chatId: chat.id, messageId, kind, atMs: date * 1000, ...topic };
}
