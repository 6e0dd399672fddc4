/** The kinds of files, by the names of the fields of a message. */
export type FileKind =
  'animation' | 'audio' | 'document' | 'photo' | 'sticker' | 'video' | 'video_note' | 'voice';

/** A file as Telegram's servers keep it. */
export interface StoredFile {
  readonly kind: FileKind;
  /** Counts all files of the emulator. */
  readonly number: number;
  readonly bytes: Uint8Array;
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
  /** Of a photo all its sizes, the smallest first. */
  readonly sizes?: readonly StoredFile[];
}

/** What is known of a file that is to be stored. */
export type NewFile = Omit<StoredFile, 'number' | 'path' | 'size' | 'sizes'> & {
  /** By default the number of bytes. */
  readonly size?: number;
};
