import { buildMessage, ValidateBy } from 'class-validator';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** Whether a value names a message of Telegram's. */
export function isMessageRef(value: unknown): value is MessageRef {
  if (typeof value !== 'object' || value === null) return false;
  const [chatId, messageId]: unknown[] = [
    Reflect.get(value, 'chatId'),
    Reflect.get(value, 'messageId'),
  ];
  return Number.isSafeInteger(chatId) && Number.isSafeInteger(messageId) && Number(messageId) > 0;
}

/** Checks for the name of a message of Telegram's, as `ThreadReply.message` is one. */
export function IsMessageRef(): PropertyDecorator {
  return ValidateBy({
    name: 'isMessageRef',
    validator: {
      validate: isMessageRef,
      defaultMessage: buildMessage(
        (prefix) => `${prefix}$property must be the message of a reply, { chatId, messageId }`,
      ),
    },
  });
}
