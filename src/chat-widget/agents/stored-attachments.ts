import { Injectable } from '@nestjs/common';
import type {
  IncomingAttachment,
  IncomingFile,
} from '../../files/incoming-attachment.interface.js';
import { FileReferences, type FileReference } from '../../files/file-references.js';
import type { TranscriptAttachment } from '../transcripts/transcript.interface.js';
import { agentFileId } from './message-ids.js';

/** Turns the files of replies into what a transcript stores: no link, because links expire. */
@Injectable()
export class StoredAttachments {
  constructor(private readonly references: FileReferences) {}

  of(attachments: readonly IncomingAttachment[]): TranscriptAttachment[] {
    const counts = new Map<string, number>();
    return attachments.flatMap((file) => {
      const reference = this.#referenceOf(file);
      if (!reference) return [];
      const message = agentFileId(file.message);
      const count = counts.get(message) ?? 0;
      counts.set(message, count + 1);
      const { kind, name, contentType, size, width, height, durationMs, text, thumbnail } = file;
      const picture = thumbnail && this.#referenceOf(thumbnail);
      const stored: TranscriptAttachment = {
        // Paid media has several files in one message.
        id: count === 0 ? message : `${message}:${count}`,
        kind,
        name,
        contentType,
        size,
        width,
        height,
        durationMs,
        text,
        source: {
          desk: reference.desk,
          fileId: reference.fileId,
          ...(picture && { thumbnailFileId: picture.fileId }),
        },
      };
      return [withoutUndefined(stored)];
    });
  }

  /** The link of a file names it. */
  #referenceOf({ url }: Pick<IncomingFile, 'url'>): FileReference | null {
    return this.references.read(url.slice(url.lastIndexOf('/') + 1));
  }
}

function withoutUndefined<T extends object>(given: T): T {
  const copy = { ...given };
  for (const key of Object.keys(copy)) {
    if (Reflect.get(copy, key) === undefined) Reflect.deleteProperty(copy, key);
  }
  return copy;
}
