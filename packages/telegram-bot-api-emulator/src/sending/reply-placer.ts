import type { Message } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { ReplyRequest } from '../parameters/reply-reader.js';
import { isServiceMessage } from '../world/bot-visibility.js';
import type { ChatRoom } from '../world/chat-room.js';
import { textContent } from '../world/message-composer.js';

/** What a message replies to, as its fields say. */
export interface PlacedReply {
  /** The message of the same chat and topic that is replied to. */
  readonly replied?: Message;
  /** A message elsewhere is shown as an external reply, not as a reply. */
  readonly content: Pick<Message, 'external_reply' | 'quote'>;
}

/** Says how a reply to `replied` appears in a topic of `room` (telegram-bot-api, Client.cpp:8498-8504). */
export function placeReply(
  room: ChatRoom,
  messageThreadId: number | undefined,
  replied: Message | undefined,
  request: ReplyRequest,
): PlacedReply {
  if (!replied) return { content: {} };
  const quoted = request.quote.text === '' ? {} : { quote: quoteText(replied, request) };
  const topic = replied.is_topic_message ? replied.message_thread_id : undefined;
  const isSameTopic = !room.isForum || (messageThreadId ?? topic) === topic;
  if (replied.chat.id === room.id && isSameTopic) return { replied, content: quoted };
  // What cannot be forwarded cannot be replied to from elsewhere either, and the answer does not say so.
  if (isServiceMessage(replied)) return { content: {} };
  return { content: { external_reply: externalReply(replied), ...quoted } };
}

function quoteText(
  replied: Message,
  { quote, quotePosition }: ReplyRequest,
): NonNullable<Message['quote']> {
  const whole = replied.text ?? replied.caption ?? '';
  const asked = whole.indexOf(quote.text, quotePosition);
  const position = asked < 0 ? whole.indexOf(quote.text) : asked;
  if (position < 0) throw BotApiError.of(400, 'QUOTE_TEXT_INVALID');
  // Quotes have styles and custom emoji, but mention nobody.
  const { entities } = textContent(quote, () => undefined);
  return { text: quote.text, ...(entities && { entities }), position, is_manual: true };
}

/** What an external reply shows of a message of another chat or topic. */
export function externalReply(replied: Message): NonNullable<Message['external_reply']> {
  const { from, sender_chat: senderChat, date, chat } = replied;
  const isSupergroup = chat.type === 'supergroup';
  const origin = senderChat
    ? ({ type: 'chat', sender_chat: senderChat, date } as const)
    : from
      ? ({ type: 'user', sender_user: from, date } as const)
      : ({ type: 'hidden_user', sender_user_name: '', date } as const);
  return { origin, ...(isSupergroup && { chat, message_id: replied.message_id }) };
}
