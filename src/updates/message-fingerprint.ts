import { hash } from 'node:crypto';
import type { Message } from '@grammyjs/types';
import { fieldOf, itemsOf } from './json-reader.js';
import type { MessageText } from './message-text.js';

/** What can be replaced in a message that keeps its text. */
const FILES = [
  'animation',
  'audio',
  'document',
  'live_photo',
  'photo',
  'video',
] as const satisfies ReadonlyArray<keyof Message>;

/**
 * A hash of what a reader sees of a message. Telegram also reports edits that nobody made: a link preview
 * has loaded, somebody has reacted, a live location has moved.
 *
 * @param content The text of the message; null when it is of an unknown kind.
 */
export function fingerprintOf(message: Message, content: MessageText | null): string {
  const { text, entities } = (message.location ? null : content) ?? {};
  const files = FILES.map((kind) => {
    const file: unknown = message[kind];
    // A photo is a list of sizes.
    return fieldOf(itemsOf(file).at(-1) ?? file, 'file_unique_id') ?? '';
  });
  const seen = JSON.stringify([text, entities, files]);
  return hash('sha256', seen, 'base64url').slice(0, 22);
}
