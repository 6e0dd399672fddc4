import type { Message } from '@grammyjs/types';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** The name of a message: its id and that of its chat. */
export function messageRefOf({ chat, message_id: messageId }: Message): MessageRef {
  return { chatId: chat.id, messageId };
}
