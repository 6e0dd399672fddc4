import { BotApiError } from '../common/bot-api.error.js';
import type { FileStore } from '../files/file-store.js';
import { readImageSize } from '../files/image-size.js';
import type { FileKind, StickerFormat, StoredFile, StoredKind } from '../files/stored-file.js';
import { BotApiParameters } from '../parameters/bot-api-parameters.js';
import { type InputFile, readInputFile } from '../parameters/input-file-reader.js';
import type { UploadedFile } from '../parameters/uploaded-file.interface.js';
import { parseHttpUrl } from '../text/telegram-link.js';
import { TextError } from '../text/text.error.js';
import type { BotAccount } from '../world/bot-account.js';

const MAX_PHOTO_BYTES = 10 << 20;
const MAX_PHOTO_SIDES = 10_000;
const MAX_PHOTO_RATIO = 20;
/** What a photo from the web is taken for, since nothing is fetched. */
const UNKNOWN_PHOTO = { width: 800, height: 600 };

const MAX_THUMBNAIL_BYTES = 200_000;
const MAX_THUMBNAIL_SIDE = 320;
/** The kinds with which a thumbnail may come. */
const THUMBED = new Set<FileKind>(['animation', 'audio', 'document', 'video', 'video_note']);

const UNKNOWN_FILE = 'wrong file identifier/HTTP URL specified';
const NO_PARAMETERS = new BotApiParameters();

/** A file of a call. */
export interface MediaSource {
  readonly kind: FileKind;
  readonly input: InputFile;
  /** Of a live photo the photo. */
  readonly still?: InputFile | undefined;
  /** Where width, duration and the like stand: those of the call, or of an item of an album. */
  readonly parameters: BotApiParameters;
}

/** What Telegram calls the kinds when it refuses one for another (td: FileType.cpp). */
const TYPE_NAMES = {
  animation: 'Animation',
  audio: 'Audio',
  document: 'Document',
  live_photo: 'LivePhoto',
  photo: 'Photo',
  sticker: 'Sticker',
  thumbnail: 'Thumbnail',
  video: 'Video',
  video_note: 'VideoNote',
  voice: 'VoiceNote',
} as const satisfies Record<StoredKind, string>;

const DEFAULT_TYPES = new Map<FileKind, string>([
  ['animation', 'video/mp4'],
  ['audio', 'audio/mpeg'],
  ['photo', 'image/jpeg'],
  ['video', 'video/mp4'],
  ['voice', 'audio/ogg'],
]);

/** Turns the files of calls into files that Telegram keeps. */
export class MediaLoader {
  readonly #files: FileStore;

  constructor(files: FileStore) {
    this.#files = files;
  }

  /**
   * The file of a call: one that was uploaded, one that is known, or one from the web, of which
   * only a placeholder is kept.
   *
   * @throws {@link BotApiError}
   */
  load(bot: BotAccount, source: MediaSource): StoredFile {
    const { kind, input, parameters } = source;
    const still = source.still && this.#loadStill(bot, source.still);
    if (input.type === 'upload') return this.#keep(kind, input.file, parameters, still);
    if (input.text.includes('.')) {
      if (still) throw BotApiError.of(400, UNKNOWN_FILE);
      return this.#loadUrl(kind, input.text, parameters);
    }
    const file = this.#find(bot, input.text);
    if (file.kind !== kind) {
      const [given, wanted] = [TYPE_NAMES[file.kind], TYPE_NAMES[kind]];
      throw BotApiError.of(400, `can't use file of type ${given} as ${wanted}`);
    }
    return file;
  }

  /** Live photos do not come from the web. */
  #loadStill(bot: BotAccount, input: InputFile): StoredFile {
    if (input.type === 'remote' && input.text.includes('.')) {
      throw BotApiError.of(400, UNKNOWN_FILE);
    }
    return this.load(bot, { kind: 'photo', input, parameters: NO_PARAMETERS });
  }

  #find(bot: BotAccount, fileId: string): StoredFile {
    try {
      const file = this.#files.find(fileId, bot.id);
      if (file) return file;
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      throw BotApiError.of(400, error.message);
    }
    throw BotApiError.of(400, UNKNOWN_FILE);
  }

  #keep(
    kind: FileKind,
    file: UploadedFile,
    parameters: BotApiParameters,
    still?: StoredFile,
  ): StoredFile {
    const { bytes, fileName, contentType, size = bytes.length, storedAt } = file;
    if (size === 0) throw BotApiError.of(400, 'file must be non-empty');
    const sides = kind === 'photo' ? checkPhoto(bytes, size) : {};
    const mimeType = contentType === '' ? DEFAULT_TYPES.get(kind) : contentType;
    const thumbnail = THUMBED.has(kind) && this.#keepThumbnail(parameters);
    return this.#files.add({
      kind,
      bytes,
      size,
      ...readDetails(parameters),
      ...sides,
      ...(storedAt !== undefined && { storedAt }),
      ...(kind === 'sticker' && { stickerFormat: readStickerFormat(bytes) }),
      ...(thumbnail && { thumbnail }),
      ...(still && { still }),
      ...(fileName !== '' && { fileName }),
      ...(mimeType !== undefined && { mimeType }),
    });
  }

  /** What is no JPEG up to the limits is not used, and the answer does not say so. */
  #keepThumbnail(parameters: BotApiParameters): StoredFile | undefined {
    const input = readInputFile(parameters, 'thumbnail');
    if (input?.type !== 'upload') return undefined;
    const { bytes } = input.file;
    const size = readImageSize(bytes);
    const isSmall = size && Math.max(size.width, size.height) <= MAX_THUMBNAIL_SIDE;
    if (!isSmall || bytes.length > MAX_THUMBNAIL_BYTES) return undefined;
    return this.#files.add({ kind: 'thumbnail', bytes, mimeType: 'image/jpeg', ...size });
  }

  #loadUrl(kind: FileKind, url: string, parameters: BotApiParameters): StoredFile {
    const parts = parseHttpUrl(url, 'http');
    const isPublic = parts?.host.includes('.') === true && !/^(?:127|10)\./.test(parts.host);
    if (!isPublic) throw BotApiError.of(400, 'wrong HTTP URL specified');
    const fileName = fileNameOf(parts.query);
    const mimeType = DEFAULT_TYPES.get(kind);
    return this.#files.add({
      kind,
      bytes: new Uint8Array(),
      ...readDetails(parameters),
      ...(kind === 'photo' && UNKNOWN_PHOTO),
      ...(fileName !== '' && { fileName }),
      ...(mimeType !== undefined && { mimeType }),
    });
  }
}

/** The last part of a path; as it is written when its escapes are none. */
function fileNameOf(path: string): string {
  const escaped = /([^/?#]*)(?:[?#].*)?$/s.exec(path)?.[1] ?? '';
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

function checkPhoto(bytes: Uint8Array, fileSize: number): { width: number; height: number } {
  if (fileSize > MAX_PHOTO_BYTES) {
    throw BotApiError.of(
      400,
      `file of size ${fileSize} bytes is too big for a photo; the maximum size is ${MAX_PHOTO_BYTES} bytes`,
    );
  }
  const size = readImageSize(bytes);
  if (!size) throw BotApiError.of(400, 'IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height));
  if (width + height > MAX_PHOTO_SIDES || ratio > MAX_PHOTO_RATIO) {
    throw BotApiError.of(400, 'PHOTO_INVALID_DIMENSIONS');
  }
  return size;
}

/** Animated stickers are gzipped, video stickers Matroska files. */
function readStickerFormat(bytes: Uint8Array): StickerFormat {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'animated';
  const isVideo = bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3;
  return isVideo ? 'video' : 'static';
}

function readDetails(parameters: BotApiParameters): Partial<StoredFile> {
  const title = parameters.text('title');
  const performer = parameters.text('performer');
  const emoji = parameters.text('emoji');
  const length = parameters.messageId('length');
  return {
    durationSeconds: parameters.messageId('duration'),
    width: parameters.messageId('width') || length,
    height: parameters.messageId('height') || length,
    ...(title !== '' && { title }),
    ...(performer !== '' && { performer }),
    ...(emoji !== '' && { emoji }),
  };
}
