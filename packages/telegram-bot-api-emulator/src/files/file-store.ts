import { createHash } from 'node:crypto';
import { decodeFileId, encodeFileId } from './file-id-codec.js';
import { TextError } from '../text/text.error.js';
import type { NewFile, StoredFile, StoredKind } from './stored-file.js';

/** The folder of each kind, as the file endpoint names it. */
const FOLDERS = {
  animation: 'animations',
  audio: 'music',
  document: 'documents',
  live_photo: 'videos',
  photo: 'photos',
  sticker: 'stickers',
  thumbnail: 'thumbnails',
  video: 'videos',
  video_note: 'video_notes',
  voice: 'voice',
} as const satisfies Record<StoredKind, string>;

const EXTENSIONS = new Map([
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/webp', '.webp'],
  ['application/x-tgsticker', '.tgs'],
  ['video/mp4', '.mp4'],
  ['video/webm', '.webm'],
  ['audio/mpeg', '.mp3'],
  ['audio/ogg', '.oga'],
]);

/** Telegram scales photos down to these lengths of the longer side. */
const PHOTO_SIDES = [90, 320, 800, 1280];

/** All files that bots and people have sent. */
export class FileStore {
  readonly #files: StoredFile[] = [];
  readonly #canonicalBotId: number;

  /** @param canonicalBotId The bot whose file ids stand in messages until another bot sees them. */
  constructor(canonicalBotId: number) {
    this.#canonicalBotId = canonicalBotId;
  }

  /** Keeps a file; of a photo all its sizes, of which it returns the largest. */
  add(file: NewFile): StoredFile {
    if (file.kind !== 'photo') return this.#keep(file);
    const { width = 0, height = 0 } = file;
    const longer = Math.max(width, height);
    const sides = [...PHOTO_SIDES.filter((side) => side < longer), Math.min(longer, 1280)];
    const sizes: StoredFile[] = [];
    for (const side of new Set(sides)) {
      const scaled = (length: number): number =>
        side === longer ? length : Math.max(1, Math.round((length * side) / longer));
      sizes.push(this.#keep({ ...file, width: scaled(width), height: scaled(height) }, sizes));
    }
    return sizes.at(-1) ?? this.#keep(file);
  }

  /** The id under which the first bot, and people, know a file. */
  idOf(file: StoredFile): string {
    return encodeFileId({ number: file.number, botId: this.#canonicalBotId });
  }

  /** The id that is the same for all bots, and of no use but to compare. */
  uniqueIdOf({ kind, number }: StoredFile): string {
    return createHash('sha256').update(`${kind} ${number}`).digest('base64url').slice(0, 16);
  }

  /**
   * The file of an id; undefined when there is none for this bot.
   *
   * @throws {@link TextError} When the id is malformed.
   */
  find(fileId: string, botId: number): StoredFile | undefined {
    const parts = decodeFileId(fileId);
    return parts?.botId === botId ? this.#files[parts.number] : undefined;
  }

  /** The file of a number; undefined when there is none. */
  at(number: number): StoredFile | undefined {
    return this.#files[number];
  }

  /** The same object with the file ids that are for this bot. */
  localize<T>(value: T, botId: number): T {
    if (botId === this.#canonicalBotId) return value;
    const text = JSON.stringify(value, (key, field: unknown) => {
      if (key !== 'file_id' || typeof field !== 'string') return field;
      const file = this.findCanonical(field);
      return file ? encodeFileId({ number: file.number, botId }) : field;
    });
    const localized: T = JSON.parse(text);
    return localized;
  }

  /** The file that stands under this id in a message; undefined for what a test has made up. */
  findCanonical(fileId: string): StoredFile | undefined {
    try {
      return this.find(fileId, this.#canonicalBotId);
    } catch (error) {
      if (error instanceof TextError) return undefined;
      throw error;
    }
  }

  #keep(file: NewFile, sizes?: readonly StoredFile[]): StoredFile {
    const number = this.#files.length;
    const named = /\.[A-Za-z0-9]{1,8}$/.exec(file.fileName ?? '')?.[0];
    const extension = named ?? EXTENSIONS.get(file.mimeType ?? '') ?? '';
    const path = `${FOLDERS[file.kind]}/file_${number}${extension.toLowerCase()}`;
    const stored: StoredFile = {
      ...file,
      number,
      path,
      size: file.size ?? file.bytes.length,
      ...(sizes && { sizes }),
    };
    this.#files.push(stored);
    return stored;
  }
}
