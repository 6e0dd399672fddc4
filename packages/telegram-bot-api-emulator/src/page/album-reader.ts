import type { AlbumFile } from '../agents/agent-file.options.js';
import { readImageSize } from '../files/image-size.js';
import type { FileKind } from '../files/stored-file.js';
import type { ActionFields, FieldOf } from './action-fields.js';
import type { PageFile } from './page-action.interface.js';
import type { PageUploadedFile, UploadShelf } from './upload-shelf.js';

/** A file whose kind is known. */
export type KnownFile = AlbumFile & { readonly kind: FileKind };

const KINDS = [
  'animation',
  'audio',
  'document',
  'live_photo',
  'photo',
  'sticker',
  'video',
  'video_note',
  'voice',
] as const satisfies readonly FileKind[];

/** What may be together in an album. */
const COMPANIES: ReadonlyArray<ReadonlySet<FileKind>> = [
  new Set<FileKind>(['photo', 'live_photo', 'video']),
  new Set<FileKind>(['document']),
  new Set<FileKind>(['audio']),
];

const MAX_ALBUM_FILES = 10;
const MAX_CAPTION_LENGTH = 1_024;
const MAX_ID_LENGTH = 40;
const MAX_SECONDS = 86_400;
const MAX_PIXELS = 10_000;

/** Reads which uploads are sent, and as what. */
export class AlbumReader {
  readonly #uploads: UploadShelf;

  constructor(uploads: UploadShelf) {
    this.#uploads = uploads;
  }

  /** @throws {Error} When there is none, or they cannot be one album. */
  read(fields: ActionFields<'files'>): {
    readonly files: readonly [KnownFile, ...KnownFile[]];
    readonly ids: readonly string[];
  } {
    const wanted = fields.objects<PageFile>('files', MAX_ALBUM_FILES);
    const ids = wanted.map((file) => file.text('upload', MAX_ID_LENGTH));
    const [first, ...others] = wanted.map((file) => this.#readFile(file));
    if (!first) throw new Error('There is no file to send');
    const files = [first, ...others] as const;
    const isAlbum = COMPANIES.some((kinds) => files.every(({ kind }) => kinds.has(kind)));
    if (others.length > 0 && !isAlbum) {
      throw new Error(
        'An album holds photos and videos, or documents, or audio; send others one by one',
      );
    }
    return { files, ids };
  }

  #readFile(file: ActionFields<FieldOf<PageFile>>): KnownFile {
    const upload = this.#uploads.find(file.text('upload', MAX_ID_LENGTH));
    const { bytes, fileName, mimeType } = upload;
    const caption = file.optionalText('caption', MAX_CAPTION_LENGTH);
    return {
      kind: file.has('kind') ? file.choice('kind', KINDS) : kindOf(upload),
      bytes,
      ...(fileName !== '' && { fileName }),
      ...(mimeType !== '' && { mimeType }),
      ...(caption !== undefined && { caption }),
      ...(file.has('durationSeconds') && {
        durationSeconds: Math.round(file.number('durationSeconds', 0, MAX_SECONDS)),
      }),
      ...(file.has('width') && { width: file.integer('width', 1, MAX_PIXELS) }),
      ...(file.has('height') && { height: file.integer('height', 1, MAX_PIXELS) }),
    };
  }
}

function kindOf({ bytes }: PageUploadedFile): FileKind {
  return readImageSize(bytes) ? 'photo' : 'document';
}
