import type { AttachmentKind } from './attachment-kind.js';
import { MAX_PHOTO_BYTES, MAX_PHOTO_RATIO, MAX_PHOTO_SIDES } from './file.constants.js';
import type { ImageSize } from './image-size.js';

/** What decides how a file is shown. */
export interface FileTraits {
  /** The media type by its magic bytes, see `mediaTypeOf`; undefined when they show none. */
  readonly type: string | undefined;
  /** The media type that the app has given. */
  readonly contentType?: string | undefined;
  /** In bytes. */
  readonly size: number;
  /** Of a still image. */
  readonly image?: ImageSize | undefined;
  readonly as?: AttachmentKind | 'auto' | undefined;
}

/** What Telegram plays (Bot API, sendVideo, sendAudio, sendVoice). It takes other types as documents. */
const VIDEO_TYPES: readonly string[] = ['video/mp4', 'video/x-m4v'];
const AUDIO_TYPES: readonly string[] = ['audio/mpeg', 'audio/mp4'];
const VOICE_TYPE = 'audio/ogg; codecs=opus';

/**
 * Chooses how Telegram shows a file. What it does not take as the kind that the app wants is a document, and so
 * is everything that is no photo, video or sound.
 */
export function chooseKind(traits: FileTraits): AttachmentKind {
  const { as = 'auto' } = traits;
  const kinds = possibleKinds(traits);
  if (as !== 'auto') return kinds.includes(as) ? as : 'document';
  return kinds[0] ?? 'document';
}

/** What Telegram takes the file as beside a document, the best first. */
function possibleKinds(traits: FileTraits): readonly AttachmentKind[] {
  const type = playedType(traits);
  if (isPhoto(traits)) return ['photo'];
  if (type === undefined) return [];
  if (VIDEO_TYPES.includes(type)) return ['video'];
  if (AUDIO_TYPES.includes(type)) return ['audio', 'voice'];
  return type === VOICE_TYPE ? ['voice'] : [];
}

function isPhoto({ image, size }: FileTraits): boolean {
  if (!image || size > MAX_PHOTO_BYTES) return false;
  const { width, height } = image;
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return short > 0 && width + height <= MAX_PHOTO_SIDES && long <= short * MAX_PHOTO_RATIO;
}

/** Browsers record sound into MP4 files that look like a video: only the app knows better. */
function playedType({ type, contentType }: FileTraits): string | undefined {
  const isSound = type === 'video/mp4' && contentType?.startsWith('audio/');
  return isSound ? 'audio/mp4' : type;
}
