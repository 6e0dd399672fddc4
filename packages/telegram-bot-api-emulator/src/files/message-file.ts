import type { Message } from '@grammyjs/types';
import type { FileKind } from './stored-file.js';

/** The kinds of files that a message may hold, those first that bring another along for older clients. */
const KINDS = [
  'animation',
  'live_photo',
  'audio',
  'document',
  'photo',
  'sticker',
  'video',
  'video_note',
  'voice',
] as const satisfies readonly FileKind[];

/** What kind of file a message holds; empty when it holds none. */
export function mediaOf(message: Message): FileKind | '' {
  return KINDS.find((kind) => message[kind] !== undefined) ?? '';
}

/** The id of the file in a message: of a photo that of its largest size. */
export function fileIdOf(message: Message): string | undefined {
  const kind = mediaOf(message);
  if (kind === '') return undefined;
  return kind === 'photo' ? message.photo?.at(-1)?.file_id : message[kind]?.file_id;
}
