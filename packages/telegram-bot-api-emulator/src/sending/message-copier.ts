import type { Message, MessageOrigin } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import { isServiceMessage } from '../world/bot-visibility.js';

/** What of a message is its content, and goes along when it is copied or forwarded. */
const CONTENT = [
  'animation',
  'audio',
  'caption',
  'caption_entities',
  'checklist',
  'contact',
  'dice',
  'document',
  'entities',
  'game',
  'giveaway',
  'giveaway_winners',
  'has_media_spoiler',
  'invoice',
  'link_preview_options',
  'live_photo',
  'location',
  'paid_media',
  'photo',
  'poll',
  'rich_message',
  'show_caption_above_media',
  'sticker',
  'story',
  'text',
  'venue',
  'video',
  'video_note',
  'voice',
] as const satisfies ReadonlyArray<keyof Message>;

/** What can be forwarded, but not copied, as the documentation of `copyMessage` says. */
const NO_COPIES = ['giveaway', 'giveaway_winners', 'invoice', 'paid_media'] as const;

/**
 * The content of a message that is copied; bots may copy protected content
 * (telegram-bot-api, Client.cpp:8233).
 *
 * @throws {@link BotApiError}
 */
export function copyContent(message: Message): Partial<Message> {
  if (isServiceMessage(message) || NO_COPIES.some((field) => field in message)) {
    throw BotApiError.of(400, "the message can't be copied");
  }
  return pickContent(message);
}

/**
 * The content of a message that is forwarded, with where it comes from.
 *
 * @throws {@link BotApiError}
 */
export function forwardContent(message: Message): Partial<Message> {
  if (isServiceMessage(message)) throw BotApiError.of(400, "the message can't be forwarded");
  if (message.has_protected_content) {
    throw BotApiError.of(400, "message has protected content and can't be forwarded");
  }
  return { forward_origin: message.forward_origin ?? originOf(message), ...pickContent(message) };
}

/** The content of a message without its texts, as an external reply shows it (telegram-bot-api, Client.cpp:3924-4060). */
export function pickMedia(message: Message): Partial<Message> {
  const { text: _text, caption: _caption, ...bare } = pickContent(message);
  const { entities: _entities, caption_entities: _captionEntities, ...media } = bare;
  const { show_caption_above_media: _isAbove, document, location, photo, ...rest } = media;
  // An animation has a document too, a venue a location, and a live photo a photo.
  const { animation, venue, live_photo: livePhoto } = rest;
  return {
    ...rest,
    ...(!animation && document && { document }),
    ...(!venue && location && { location }),
    ...(!livePhoto && photo && { photo }),
  };
}

function pickContent(message: Message): Partial<Message> {
  const fields = Object.entries(message);
  const content: Partial<Message> = Object.fromEntries(
    fields.filter(([name]) => CONTENT.some((field) => field === name)),
  );
  return content;
}

/** Where a message comes from, for those who see it elsewhere. */
export function originOf({
  from,
  sender_chat: chat,
  date,
  message_id,
  author_signature,
}: Message): MessageOrigin {
  const signed = author_signature !== undefined && { author_signature };
  if (chat?.type === 'channel') return { type: 'channel', chat, message_id, date, ...signed };
  if (chat) return { type: 'chat', sender_chat: chat, date, ...signed };
  if (from) return { type: 'user', sender_user: from, date };
  return { type: 'hidden_user', sender_user_name: '', date };
}
