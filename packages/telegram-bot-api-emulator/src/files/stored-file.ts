/** The kinds of files, by the names of the fields of a message. */
export type FileKind =
  | 'animation'
  | 'audio'
  | 'document'
  | 'live_photo'
  | 'photo'
  | 'sticker'
  | 'video'
  | 'video_note'
  | 'voice';

/** What a file of the emulator is: a small picture of another file is no kind of message. */
export type StoredKind = FileKind | 'thumbnail';

/** Whether a sticker is a picture, a Lottie animation or a video. */
export type StickerFormat = 'static' | 'animated' | 'video';

/** A file as Telegram's servers keep it. */
export interface StoredFile {
  readonly kind: StoredKind;
  /** Counts all files of the emulator. */
  readonly number: number;
  /** The content, or the beginning of one that is on the disk. */
  readonly bytes: Uint8Array;
  /** Where on the disk the content is. */
  readonly storedAt?: string;
  /** What Telegram says of the size, in bytes; the emulator may hold less. */
  readonly size: number;
  /** Where the file endpoint has it. */
  readonly path: string;
  readonly fileName?: string;
  readonly mimeType?: string;
  /** Of photos, videos, animations and stickers, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of what is played, in seconds. */
  readonly durationSeconds?: number;
  /** Of audio. */
  readonly performer?: string;
  readonly title?: string;
  /** Of stickers. */
  readonly emoji?: string;
  readonly stickerFormat?: StickerFormat;
  /** A small picture of it. */
  readonly thumbnail?: StoredFile;
  /** Of a live photo the photo that it is while it stands still. */
  readonly still?: StoredFile;
  /** Of a photo all its sizes, the smallest first. */
  readonly sizes?: readonly StoredFile[];
}

/** What is known of a file that is to be stored. */
export type NewFile = Omit<StoredFile, 'number' | 'path' | 'size' | 'sizes'> & {
  /** By default the number of bytes. */
  readonly size?: number;
};
