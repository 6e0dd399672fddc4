import { buildMessage, ValidateBy } from 'class-validator';
import { isMessageRef } from './is-message-ref.decorator.js';

/** Checks for what says up to where a customer has read: a reply, or a time. */
export function IsReadMark(): PropertyDecorator {
  return ValidateBy({
    name: 'isReadMark',
    validator: {
      validate: (value: unknown) =>
        value instanceof Date ? !Number.isNaN(value.getTime()) : isMessageRef(value),
      defaultMessage: buildMessage(
        (prefix) =>
          `${prefix}$property must be the message of a reply, { chatId, messageId }, or a Date`,
      ),
    },
  });
}
