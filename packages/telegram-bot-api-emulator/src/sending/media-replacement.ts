import type { Message } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { FileKind } from '../files/stored-file.js';

/** The fields of messages whose place a file can take; voice messages are not among them. */
const REPLACEABLE = ['animation', 'audio', 'document', 'live_photo', 'photo', 'text', 'video'];

/** What a file replaces of a message. */
export const MEDIA_FIELDS = [
  'animation',
  'audio',
  'caption',
  'caption_entities',
  'document',
  'entities',
  'has_media_spoiler',
  'link_preview_options',
  'live_photo',
  'photo',
  'show_caption_above_media',
  'text',
  'video',
] as const satisfies ReadonlyArray<keyof Message>;

/** Albums hold these with their own kind alone. */
const ALONE = ['audio', 'document'] as const;

/** Whether a file can be put in the place of what a message holds. */
export function isReplaceable(message: object): boolean {
  return REPLACEABLE.some((field) => field in message);
}

/**
 * Whether a file of a kind can take the place of one in an album
 * (td: MessagesManager.cpp, `edit_message_media`).
 *
 * @throws {@link BotApiError}
 */
export function checkAlbum(message: Message, kind: FileKind): void {
  if (kind in message) return;
  if (kind === 'animation') {
    throw BotApiError.of(400, "message content type can't be used in an album");
  }
  if (ALONE.some((alone) => kind === alone || alone in message)) {
    throw BotApiError.of(400, "can't change media type in the album");
  }
}
