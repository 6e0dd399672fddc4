import type { Message, TextQuote } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { ReplyRequest } from '../parameters/reply-reader.js';
import { isServiceMessage } from '../world/bot-visibility.js';
import type { ChatRoom } from '../world/chat-room.js';
import { originOf, pickMedia } from './message-copier.js';
import { quoteAll } from './message-quote.js';
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
  const quoted: { readonly quote?: TextQuote } =
    request.quote.text === '' ? {} : { quote: quoteText(replied, request) };
  const topic = replied.is_topic_message ? replied.message_thread_id : undefined;
  const isSameTopic = !room.isForum || (messageThreadId ?? topic) === topic;
  if (replied.chat.id === room.id && isSameTopic) return { replied, content: quoted };
  // What cannot be forwarded cannot be replied to from elsewhere either, and the answer does not say so.
  if (isServiceMessage(replied)) return { content: {} };
  const quote = quoted.quote ?? quoteAll(replied);
  return { content: { external_reply: externalReply(replied), ...(quote && { quote }) } };
}

function quoteText(replied: Message, { quote, quotePosition }: ReplyRequest): TextQuote {
  const whole = replied.text ?? replied.caption ?? '';
  const asked = whole.indexOf(quote.text, quotePosition);
  const position = asked < 0 ? whole.indexOf(quote.text) : asked;
  if (position < 0) throw BotApiError.of(400, 'QUOTE_TEXT_INVALID');
  // Quotes have styles and custom emoji, but mention nobody.
  const { entities } = textContent(quote, () => undefined);
  return { text: quote.text, ...(entities && { entities }), position, is_manual: true };
}

/**
 * What an external reply shows of a message of another chat or topic: where it comes from, but what it says
 * only in the quote (td: RepliedMessageInfo.cpp:153-203).
 */
export function externalReply(replied: Message): NonNullable<Message['external_reply']> {
  const { chat, message_id: messageId } = replied;
  const origin = replied.forward_origin ?? originOf(replied);
  const isPublic = chat.type === 'supergroup' || chat.type === 'channel';
  const place =
    origin.type === 'channel'
      ? { chat: origin.chat, message_id: origin.message_id }
      : isPublic && { chat, message_id: messageId };
  return { origin, ...place, ...pickMedia(replied) };
}
