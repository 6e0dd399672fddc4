import type { FileStore } from '../files/file-store.js';
import { createBlankJpeg } from '../files/blank-image.js';
import { readImageSize } from '../files/image-size.js';
import type { FileKind, StoredFile } from '../files/stored-file.js';

/** A file that somebody sends; what is not said is made up. */
export interface AgentFile {
  /** By default a few bytes, of a photo a small picture. */
  readonly bytes?: Uint8Array;
  /** What Telegram says of the size, in bytes, so that a test need not hold a large file. */
  readonly size?: number;
  readonly fileName?: string;
  readonly mimeType?: string;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of what is played. */
  readonly durationSeconds?: number;
  /** Of stickers. */
  readonly emoji?: string;
}

const MIME_TYPES = {
  animation: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'text/plain',
  photo: 'image/jpeg',
  sticker: 'image/webp',
  video: 'video/mp4',
  video_note: 'video/mp4',
  voice: 'audio/ogg',
} as const satisfies Record<FileKind, string>;

const PICTURES = {
  animation: { width: 320, height: 240 },
  audio: {},
  document: {},
  photo: { width: 1280, height: 960 },
  sticker: { width: 512, height: 512 },
  video: { width: 640, height: 480 },
  video_note: { width: 240, height: 240 },
  voice: {},
} as const satisfies Record<FileKind, { readonly width?: number; readonly height?: number }>;

/** Names that clients give files; of the other kinds Telegram keeps none. */
const FILE_NAMES = new Map<FileKind, string>([
  ['animation', 'animation.mp4'],
  ['audio', 'audio.mp3'],
  ['document', 'document.txt'],
  ['video', 'video.mp4'],
]);

/** Stores the file that somebody sends. */
export function storeAgentFile(store: FileStore, kind: FileKind, file: AgentFile): StoredFile {
  const fileName = file.fileName ?? FILE_NAMES.get(kind);
  const seen = file.bytes && kind === 'photo' ? readImageSize(file.bytes) : undefined;
  const size: { width?: number; height?: number } = { ...PICTURES[kind], ...seen };
  const { width = size.width ?? 0, height = size.height ?? 0 } = file;
  const blank = kind === 'photo' ? createBlankJpeg(width, height) : Buffer.from(`a ${kind}`);
  return store.add({
    kind,
    mimeType: MIME_TYPES[kind],
    durationSeconds: 1,
    ...file,
    width,
    height,
    bytes: file.bytes ?? blank,
    ...(fileName !== undefined && { fileName }),
  });
}
