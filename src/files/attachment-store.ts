import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { ErrorDescriber } from '../errors/index.js';
import type { OutgoingAttachment } from '../outbound/outgoing-attachment.interface.js';
import { FileStore } from '../storage/file-store.js';
import type { AttachmentSource, StoredAttachment } from './stored-attachment.interface.js';

/** Turns the attachments of the app into what a job may hold, and keeps their bytes beside it. */
@Injectable()
export class AttachmentStore {
  readonly #logger: SafeLogger;

  constructor(
    private readonly files: FileStore,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(AttachmentStore.name, errors);
  }

  /** @throws When the bytes could not be stored; none of them is kept then. */
  async store(attachments: readonly OutgoingAttachment[]): Promise<StoredAttachment[]> {
    const stored: StoredAttachment[] = [];
    try {
      // One after the other, so that Redis is not given all files of a message in one write.
      for (const attachment of attachments) {
        const { name, contentType, as, data } = attachment;
        const source = sourceOf(attachment);
        stored.push({ source, name, contentType, as, size: data?.byteLength });
        if (data && source.kind === 'stored') await this.files.put(source.fileId, data);
      }
    } catch (error) {
      await this.free(stored);
      throw error;
    }
    return stored;
  }

  /** Forgets the bytes that are stored beside a job. Never rejects: what is left expires. */
  async free(attachments: readonly StoredAttachment[] = []): Promise<void> {
    const fileIds = attachments.flatMap(({ source }) =>
      source.kind === 'stored' ? source.fileId : [],
    );
    if (fileIds.length === 0) return;
    try {
      await this.files.delete(fileIds);
    } catch (error) {
      this.#logger.warn(
        `The bytes of ${fileIds.length} files are kept for up to 31 days, though nobody needs them: ${this.#logger.describe(error)}`,
      );
    }
  }
}

function sourceOf({ path, url, load }: OutgoingAttachment): AttachmentSource {
  // Another process, which may send it, can have another working directory.
  if (path !== undefined) return { kind: 'path', path: resolve(path) };
  if (url !== undefined) return { kind: 'url', url };
  if (load !== undefined) return { kind: 'load', id: load };
  return { kind: 'stored', fileId: randomUUID() };
}
