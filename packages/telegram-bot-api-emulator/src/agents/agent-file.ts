import type { FileStore } from '../files/file-store.js';
import { createBlankJpeg } from '../files/blank-image.js';
import { readImageSize } from '../files/image-size.js';
import { createSampleFile } from '../files/sample-file.js';
import type { FileKind, StickerFormat, StoredFile } from '../files/stored-file.js';

/** A file that somebody sends; what is not said is made up. */
export interface AgentFile {
  /** By default a few bytes that begin as files of the kind do, of a photo a grey picture. */
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
  /** Of stickers; `static` by default. */
  readonly stickerFormat?: StickerFormat;
  /** A small JPEG of it. By default animated and video stickers have one, and nothing else. */
  readonly thumbnail?: Uint8Array;
  /** Of a live photo the photo, a JPEG. By default a grey picture. */
  readonly still?: Uint8Array;
}

const STICKER_TYPES = {
  static: 'image/webp',
  animated: 'application/x-tgsticker',
  video: 'video/webm',
} as const satisfies Record<StickerFormat, string>;

const MIME_TYPES = {
  animation: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'text/plain',
  live_photo: 'video/mp4',
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
  live_photo: { width: 1280, height: 960 },
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

/** Stores the file that somebody sends, and the pictures that belong to it. */
export function storeAgentFile(store: FileStore, kind: FileKind, file: AgentFile): StoredFile {
  const { thumbnail, still, stickerFormat = 'static', ...given } = file;
  const fileName = file.fileName ?? FILE_NAMES.get(kind);
  const seen = file.bytes && kind === 'photo' ? readImageSize(file.bytes) : undefined;
  const size: { width?: number; height?: number } = { ...PICTURES[kind], ...seen };
  const { width = size.width ?? 0, height = size.height ?? 0 } = file;
  const isMoving = kind === 'sticker' && stickerFormat !== 'static';
  const small = thumbnail ?? (isMoving ? createBlankJpeg(128, 128) : undefined);
  return store.add({
    kind,
    mimeType: kind === 'sticker' ? STICKER_TYPES[stickerFormat] : MIME_TYPES[kind],
    durationSeconds: 1,
    ...given,
    width,
    height,
    bytes: file.bytes ?? createSampleFile(kind, { width, height, stickerFormat }),
    ...(fileName !== undefined && { fileName }),
    ...(kind === 'sticker' && { stickerFormat }),
    ...(small && { thumbnail: storePicture(store, 'thumbnail', small) }),
    ...(kind === 'live_photo' && {
      still: storePicture(store, 'photo', still ?? createBlankJpeg(width, height)),
    }),
  });
}

function storePicture(
  store: FileStore,
  kind: 'photo' | 'thumbnail',
  bytes: Uint8Array,
): StoredFile {
  return store.add({ kind, bytes, mimeType: 'image/jpeg', ...readImageSize(bytes) });
}
