import type { CallbackQuery, MessageEntity } from '@grammyjs/types';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { Agent } from './agent.js';
import { isInteger, isRecord, isString, optional } from './json-checks.js';
import { placedMessageOf } from './message-ref-of.js';
import { isChat, isEntities, isUser } from './telegram-checks.js';

/** A button that was pressed, as far as the desk reads it. */
export interface ButtonPress {
  /** The same when Telegram delivers it again, as it may under another `update_id`. */
  readonly id: string;
  /** Empty for buttons of games, which a desk has none of. */
  readonly data: string;
  /** The person, also behind an anonymous administrator. */
  readonly agent: Agent;
  readonly chat: { readonly id: number; readonly type: string; readonly username?: string };
  /** The message with the button. */
  readonly message: PlacedMessage;
  /** Those of the message; null where Telegram leaves it out, because it is old. */
  readonly entities: readonly MessageEntity[] | null;
}

/** Whether a value is a pressed button. */
export function isCallbackQuery(value: unknown): value is CallbackQuery {
  return (
    isRecord(value) &&
    isString(value['id']) &&
    isUser(value['from']) &&
    optional(value['data'], isString) &&
    optional(value['message'], isPressed)
  );
}

/** Null for a button of a message that the bot has not sent to a chat. */
export function pressOf({ id, from, data = '', message }: CallbackQuery): ButtonPress | null {
  if (!message) return null;
  const name = [from.first_name, from.last_name].filter(Boolean).join(' ');
  const agent = { id: from.id, name, username: from.username, anonymous: false };
  const { chat, message_id: messageId } = message;
  if (message.date === 0) {
    return { id, data, agent, chat, message: { chatId: chat.id, messageId }, entities: null };
  }
  const entities = message.entities ?? message.caption_entities ?? [];
  return { id, data, agent, chat, message: placedMessageOf(message), entities };
}

function isPressed(value: unknown): boolean {
  return (
    isRecord(value) &&
    isChat(value['chat']) &&
    isInteger(value['message_id']) &&
    isInteger(value['date']) &&
    optional(value['message_thread_id'], isInteger) &&
    optional(value['entities'], isEntities) &&
    optional(value['caption_entities'], isEntities)
  );
}
