import type { Message, MessageEntity } from '@grammyjs/types';
import { CONTENT_KINDS, contentText } from './content-text.js';

/** A text with its formatting. */
export interface MessageText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** Content that stays in Telegram: a customer gets its name and nothing else. */
const UNDELIVERABLE = [
  'game',
  'giveaway',
  'giveaway_winners',
  'invoice',
  'paid_media',
  'story',
] as const satisfies ReadonlyArray<keyof Message>;

/**
 * The text or caption of a message, or a description of it where it has neither. Null when its kind is
 * unknown. Tolerates content of any shape, which may differ from what Telegram documents today.
 */
export function messageText(message: Message): MessageText | null {
  const { text, entities, caption, caption_entities: captionEntities } = message;
  if (text) return { text, entities: entities ?? [] };
  if (caption) return { text: caption, entities: captionEntities ?? [] };
  for (const kind of CONTENT_KINDS) {
    const content: unknown = message[kind];
    if (content === undefined) continue;
    const described = contentText(kind, content);
    return { text: described, entities: linkIn(described) };
  }
  return null;
}

/** Whether the agent wrote the text of a message: otherwise it is a description. */
export function hasOwnText({ text, caption, rich_message: rich }: Message): boolean {
  return Boolean(text) || Boolean(caption) || rich !== undefined;
}

/** Whether a message has content that no customer can be given. Its files, if any, can. */
export function isUndeliverable(message: Message): boolean {
  return UNDELIVERABLE.some((kind) => message[kind] !== undefined);
}

/** The link to a place, as Telegram itself marks links in a text. */
function linkIn(text: string): MessageEntity[] {
  const link = /^https:\/\/maps\.google\.com\/\S+$/m.exec(text);
  return link ? [{ type: 'url', offset: link.index, length: link[0].length }] : [];
}
