import { createHash } from 'node:crypto';
import type { Message } from '@grammyjs/types';
import { fieldOf, itemsOf } from './json-reader.js';
import { messageText } from './message-text.js';

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
 * Tells the versions of a message apart as a reader would. Telegram also tells of edits that nobody made:
 * a link preview has loaded, somebody has reacted, a live location has moved.
 */
export function fingerprintOf(message: Message): string {
  const said = message.location ? null : messageText(message);
  const files = FILES.map((kind) => {
    const content: unknown = message[kind];
    // A photo is a list of sizes.
    return fieldOf(itemsOf(content).at(-1) ?? content, 'file_unique_id') ?? '';
  });
  const seen = JSON.stringify([said?.text, said?.entities, files]);
  return createHash('sha256').update(seen).digest('base64url').slice(0, 22);
}
