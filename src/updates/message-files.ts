import type { Message } from '@grammyjs/types';
import { contentText, type ContentKind } from './content-text.js';
import { fieldOf, itemsOf, labelOf } from './json-reader.js';

/** What a file of an agent is, in the words of the Bot API. */
export type IncomingFileKind = Extract<
  ContentKind,
  | 'animation'
  | 'audio'
  | 'document'
  | 'live_photo'
  | 'photo'
  | 'sticker'
  | 'video'
  | 'video_note'
  | 'voice'
>;

/** The id that the files of an album have in common; undefined for all other messages. */
export function albumIdOf({ media_group_id: id }: Message): string | undefined {
  const albumId: unknown = id;
  return typeof albumId === 'string' && albumId !== '' ? albumId : undefined;
}

/** What a message says of one file; plain JSON. */
export interface FileFacts {
  readonly fileId: string;
  readonly contentType?: string;
  readonly size?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A file of a message; plain JSON. */
export interface MessageFile extends FileFacts {
  readonly kind: IncomingFileKind;
  readonly name?: string;
  readonly durationMs?: number;
  readonly text: string;
  readonly thumbnail?: FileFacts;
}

/** A message repeats an animation as document, and a live photo as photo, so each comes before its repetition. */
const KINDS: readonly IncomingFileKind[] = [
  'live_photo',
  'photo',
  'animation',
  'video',
  'audio',
  'voice',
  'video_note',
  'document',
  'sticker',
];

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,64}$/;

/** The files of a message: one, or those of paid media that are shown. Tolerates content of any shape. */
export function messageFiles(message: Message): MessageFile[] {
  const paid = itemsOf(fieldOf(message.paid_media, 'paid_media'));
  const own = fileIn(message);
  return own ? [own] : paid.flatMap((media) => fileIn(media) ?? []);
}

function fileIn(value: unknown): MessageFile | undefined {
  for (const kind of KINDS) {
    const content = fieldOf(value, kind);
    // A photo is a list of sizes.
    const facts = factsOf(kind === 'photo' ? largestOf(content) : content, typeOf(kind, content));
    if (facts) return { kind, ...facts, ...detailsOf(kind, content) };
  }
  return undefined;
}

function factsOf(file: unknown, knownType: string | undefined): FileFacts | undefined {
  const fileId = fieldOf(file, 'file_id');
  if (typeof fileId !== 'string' || fileId === '') return undefined;
  const mime = fieldOf(file, 'mime_type');
  const contentType = typeof mime === 'string' && MEDIA_TYPE.test(mime) ? mime : knownType;
  // A video note is a circle in a square.
  const side = fieldOf(file, 'length');
  return {
    fileId,
    ...(contentType && { contentType: contentType.toLowerCase() }),
    ...numberAs('size', fieldOf(file, 'file_size')),
    ...numberAs('width', fieldOf(file, 'width') ?? side),
    ...numberAs('height', fieldOf(file, 'height') ?? side),
  };
}

function detailsOf(kind: IncomingFileKind, content: unknown) {
  const name = labelOf(fieldOf(content, 'file_name')).replaceAll(/[/\\]/g, '_');
  const seconds = fieldOf(content, 'duration');
  const still = kind === 'live_photo' ? largestOf(fieldOf(content, 'photo')) : undefined;
  const thumbnail = factsOf(still ?? fieldOf(content, 'thumbnail'), undefined);
  return {
    ...(name && { name }),
    ...numberAs('durationMs', typeof seconds === 'number' ? seconds * 1000 : undefined),
    text: contentText(kind, content),
    ...(thumbnail && { thumbnail }),
  };
}

/** What Telegram makes of each file of a kind; undefined where only the file itself says it. */
function typeOf(kind: IncomingFileKind, content: unknown): string | undefined {
  switch (kind) {
    case 'photo':
      return 'image/jpeg';
    case 'live_photo':
    case 'video_note':
      return 'video/mp4';
    case 'sticker':
      if (fieldOf(content, 'is_animated') === true) return 'application/x-tgsticker';
      return fieldOf(content, 'is_video') === true ? 'video/webm' : 'image/webp';
    default:
      return undefined;
  }
}

function largestOf(sizes: unknown): unknown {
  return itemsOf(sizes).reduce<unknown>(
    (largest, size) => (areaOf(size) >= areaOf(largest) ? size : largest),
    undefined,
  );
}

function areaOf(size: unknown): number {
  return Number(fieldOf(size, 'width')) * Number(fieldOf(size, 'height')) || 0;
}

function numberAs<K extends string>(key: K, value: unknown): { readonly [P in K]?: number } {
  const isCount = Number.isSafeInteger(value) && Number(value) >= 0;
  const fields: { [P in K]?: number } = {};
  if (isCount) fields[key] = Number(value);
  return fields;
}
