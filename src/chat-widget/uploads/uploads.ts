import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { cleanFileName, defaultFileName } from '../../files/file-name.js';
import type { FileRange } from '../../files/file-range.interface.js';
import { imageSizeOf } from '../../files/image-size.js';
import { mediaTypeOf } from '../../files/media-type.js';
import { checkType, HEAD_BYTES } from '../../file-links/shown-type.js';
import { BotStorage } from '../../storage/bot-storage.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { TranscriptAttachment } from '../transcripts/transcript.interface.js';
import { isTypeAllowed } from './allowed-types.js';
import { UploadBytes } from './upload-bytes.js';
import { UploadIndex, type UploadOwner } from './upload-index.js';
import { uploadLivesOf, type UploadLives } from './upload-lives.js';
import type { Upload } from './upload.interface.js';

const UNKNOWN_TYPE = 'application/octet-stream';

/** What the ids for `@LoadAttachment()` begin with. */
const LOAD_PREFIX = 'chat-upload:';

/** The files of customers: what they are, and their bytes. */
@Injectable()
export class Uploads {
  readonly #lives: UploadLives;
  readonly #unsent: TtlStore;
  readonly #sent: TtlStore;

  constructor(
    private readonly settings: ChatSettings,
    private readonly bytes: UploadBytes,
    private readonly index: UploadIndex,
    storage: BotStorage,
  ) {
    this.#lives = uploadLivesOf(settings.uploads);
    this.#unsent = storage.ttlStore('chat-upload-unsent', this.#lives.unsentMs);
    this.#sent = storage.ttlStore('chat-upload', this.#lives.sentMs);
  }

  /**
   * Keeps a file until it is sent, for an hour at most.
   *
   * @throws {@link ChatHttpError} `unsupported_type` when customers may not send such files, `too_large` when those of
   *   the customer take too much already.
   */
  async store(customerId: string, given: string, bytes: Buffer): Promise<Upload> {
    const head = bytes.subarray(0, HEAD_BYTES);
    const found = mediaTypeOf(head);
    const contentType = found?.type.replace(/;.*$/s, '') ?? UNKNOWN_TYPE;
    if (!isTypeAllowed(contentType, this.settings.uploads?.types ?? [])) {
      throw new ChatHttpError(
        'unsupported_type',
        `Files of this type are not taken: ${contentType}`,
      );
    }
    const kind = kindOf(contentType, head);
    const upload: Upload = {
      id: randomBytes(16).toString('base64url'),
      customerId,
      kind,
      name: cleanFileName(given) || defaultFileName(kind, found?.extension, contentType),
      contentType,
      size: bytes.length,
      ...imageSizeOf(bytes, found?.type),
    };
    await this.#reserve(upload);
    await this.bytes.put(upload.id, bytes);
    await this.#unsent.set(upload.id, JSON.stringify(upload));
    return upload;
  }

  /** Null when there is none of that id, or no longer. */
  async find(uploadId: string): Promise<Upload | null> {
    const text = (await this.#sent.get(uploadId)) ?? (await this.#unsent.get(uploadId));
    if (text === null) return null;
    const upload: Upload = JSON.parse(text);
    return upload;
  }

  /** All bytes; null when they are no longer kept. */
  load(uploadId: string): Promise<Buffer | null> {
    return this.bytes.get(uploadId);
  }

  /** A part of an upload, piece by piece; it ends early when the bytes are no longer kept. */
  read(uploadId: string, range: FileRange): AsyncGenerator<Buffer, void> {
    return this.bytes.read(uploadId, range);
  }

  /**
   * Finds uploads that a customer may send.
   *
   * @throws {@link ChatHttpError} `not_found`, also for an upload of somebody else.
   */
  async requireOf(customerId: string, uploadIds: readonly string[]): Promise<Upload[]> {
    const found = await Promise.all(uploadIds.map((id) => this.find(id)));
    return found.map((upload) => {
      if (upload?.customerId === customerId) return upload;
      throw notFound();
    });
  }

  /**
   * Keeps uploads of a customer because they are sent in a thread now.
   *
   * @returns Them as attachments of a message.
   * @throws {@link ChatHttpError} `not_found`, also for an upload of somebody else.
   */
  async send(
    customerId: string,
    threadId: string,
    uploadIds: readonly string[],
  ): Promise<TranscriptAttachment[]> {
    const uploads = await this.requireOf(customerId, uploadIds);
    await Promise.all(uploads.map((upload) => this.#keep(upload, threadId)));
    return uploads.map(attachmentOf);
  }

  /** Forgets the files of a message. */
  async delete(attachments: readonly TranscriptAttachment[]): Promise<void> {
    const ids = attachments.flatMap(({ source }) => ('uploadId' in source ? source.uploadId : []));
    await this.#forget(ids);
  }

  /** Forgets what was ever sent in a thread. */
  async purgeThread(threadId: string): Promise<void> {
    await this.#purge({ kind: 'thread', id: threadId });
  }

  /** Forgets what a customer has ever uploaded. */
  async purgeCustomer(customerId: string): Promise<void> {
    await this.#purge({ kind: 'customer', id: customerId });
  }

  /** Listed before there are bytes, so that none are overlooked. */
  async #reserve({ id, customerId, size }: Upload): Promise<void> {
    const mostBytes = this.settings.uploads?.maxBytesPerCustomer ?? 0;
    const entry = { id, bytes: size, lifeMs: this.#lives.unsentMs };
    const owner = { kind: 'customer', id: customerId } as const;
    if (await this.index.add(owner, entry, mostBytes)) return;
    throw new ChatHttpError(
      'too_large',
      `The files of a customer may have ${mostBytes} bytes in all: delete messages with files, or try again later`,
    );
  }

  async #keep(upload: Upload, threadId: string): Promise<void> {
    const { id, customerId, size } = upload;
    const entry = { id, bytes: size, lifeMs: this.#lives.sentMs };
    await this.index.add({ kind: 'customer', id: customerId }, entry, Infinity);
    await this.index.add({ kind: 'thread', id: threadId }, entry, Infinity);
    if (!(await this.bytes.keep(id))) throw notFound();
    await this.#sent.set(id, JSON.stringify(upload));
  }

  async #purge(owner: UploadOwner): Promise<void> {
    const ids = await this.index.list(owner);
    await this.#forget(ids);
    await this.index.remove(owner, ids);
  }

  async #forget(uploadIds: readonly string[]): Promise<void> {
    await this.bytes.delete(uploadIds);
    await Promise.all(uploadIds.map((id) => this.#forgetRecord(id)));
  }

  /** Last, because a repeated attempt finds by it whose the upload is. */
  async #forgetRecord(uploadId: string): Promise<void> {
    const upload = await this.find(uploadId);
    if (upload) await this.index.remove({ kind: 'customer', id: upload.customerId }, [uploadId]);
    await this.#unsent.delete(uploadId);
    await this.#sent.delete(uploadId);
  }
}

/** The id of a customer's file for `@LoadAttachment()`; undefined for a file of an agent. */
export function loadIdOf({ source }: TranscriptAttachment): string | undefined {
  return 'uploadId' in source ? LOAD_PREFIX + source.uploadId : undefined;
}

/** The upload that an id for `@LoadAttachment()` names; undefined for ids of others. */
export function uploadIdIn(loadId: string): string | undefined {
  return loadId.startsWith(LOAD_PREFIX) ? loadId.slice(LOAD_PREFIX.length) : undefined;
}

function notFound(): ChatHttpError {
  return new ChatHttpError('not_found', 'There is no such upload: upload the file again');
}

function attachmentOf(upload: Upload): TranscriptAttachment {
  const { id, kind, name, contentType, size, width, height } = upload;
  const dimensions = width !== undefined && height !== undefined && { width, height };
  const facts = { id, kind, name, contentType, size, ...dimensions };
  return { ...facts, text: `[${name}]`, source: { uploadId: id } };
}

/** Only what browsers show is a picture or plays; all else is a document. */
function kindOf(contentType: string, head: Buffer): Upload['kind'] {
  if (checkType(head).shownAs === undefined) return 'document';
  if (contentType.startsWith('image/')) return 'photo';
  return contentType.startsWith('video/') ? 'video' : 'audio';
}
