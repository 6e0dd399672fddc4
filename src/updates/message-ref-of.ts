import type { Message } from '@grammyjs/types';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';

/** The name of a message: its id and that of its chat. */
export function messageRefOf({ chat, message_id: messageId }: Message): MessageRef {
  return { chatId: chat.id, messageId };
}

/** The name of a message, and the topic that it stands in. */
export function placedMessageOf(message: Message): PlacedMessage {
  const { is_topic_message: isInTopic, message_thread_id: topicId } = message;
  return { ...messageRefOf(message), topicId: isInTopic ? topicId : undefined };
}
