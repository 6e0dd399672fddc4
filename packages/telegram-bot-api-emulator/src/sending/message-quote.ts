import type { Message, MessageEntity, TextQuote } from '@grammyjs/types';

/** Automatic quotes are cut at this many characters (td: OptionManager.cpp, `message_reply_quote_length_max`). */
const MAX_LENGTH = 1024;

/** What quotes keep of the entities of a text (td: MessageEntity.cpp:4901, `td_api.tl`, `textQuote`). */
const KEPT = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'custom_emoji',
  'date_time',
];

/** A part of a message that somebody has chosen to quote; undefined when the message does not say it. */
export function quotePart(message: Message, part: string): TextQuote | undefined {
  const position = textOf(message).indexOf(part);
  if (part === '' || position < 0) return undefined;
  return { ...cut(message, position, part.length), position, is_manual: true };
}

/**
 * What a reply from elsewhere quotes when nobody has chosen a part: all of the text
 * (td: RepliedMessageInfo.cpp, MessageQuote.cpp, `create_automatic_quote`); undefined when there is none.
 */
export function quoteAll(message: Message): TextQuote | undefined {
  const text = Array.from(textOf(message)).slice(0, MAX_LENGTH).join('');
  return text === '' ? undefined : { ...cut(message, 0, text.length), position: 0 };
}

function textOf(message: Message): string {
  return message.text ?? message.caption ?? '';
}

function cut(
  message: Message,
  start: number,
  length: number,
): { readonly text: string; readonly entities?: MessageEntity[] } {
  const all = message.entities ?? message.caption_entities ?? [];
  const entities = all
    .filter(({ type }) => KEPT.includes(type))
    .map((entity) => {
      const from = Math.max(entity.offset, start);
      const to = Math.min(entity.offset + entity.length, start + length);
      return { ...entity, offset: from - start, length: to - from };
    })
    .filter((entity) => entity.length > 0);
  const text = textOf(message).slice(start, start + length);
  return { text, ...(entities.length > 0 && { entities }) };
}
