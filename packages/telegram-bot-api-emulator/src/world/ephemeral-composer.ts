import type { Message, User } from '@grammyjs/types';
import type { ChatRoom } from './chat-room.js';
import { composeMessage, type MessageDraft } from './message-composer.js';

/** What an ephemeral message says, beyond what every message does. */
export interface EphemeralDraft extends Omit<MessageDraft, 'messageId' | 'startsTopic'> {
  readonly ephemeralId: number;
  readonly receiver: User;
}

/**
 * Builds an ephemeral message. Only what bots send into a topic names it
 * (td: MessagesManager.cpp, `parse_ephemeral_message`); what people send has no `message_thread_id`, and carries the
 * first message of the topic as `reply_to_message` (telego#365).
 */
export function composeEphemeral(room: ChatRoom, draft: EphemeralDraft): Message {
  const { ephemeralId, receiver, ...rest } = draft;
  const composed = composeMessage(room, { ...rest, messageId: 0 });
  const { message_id, from, chat, date, message_thread_id, is_topic_message, ...content } =
    composed;
  const isNamed = draft.messageThreadId !== undefined && from?.is_bot === true;
  return {
    message_id,
    ...(from && { from }),
    receiver_user: receiver,
    ephemeral_message_id: ephemeralId,
    chat,
    date,
    ...(isNamed && message_thread_id !== undefined && { message_thread_id }),
    ...(isNamed && is_topic_message && { is_topic_message }),
    ...content,
  };
}

/** Whether one person and one bot alone see a message. */
export function isEphemeral(message: Message): boolean {
  return message.ephemeral_message_id !== undefined;
}
