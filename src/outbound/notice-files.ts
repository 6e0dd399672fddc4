import { Injectable } from '@nestjs/common';
import { AttachmentPreparer } from '../files/attachment-preparer.js';
import type { PreparedAttachment } from '../files/prepared-attachment.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { Pause } from '../queue/job-processor.interface.js';
import { NO_FILES_SENT, type FileProgress } from './file-progress.interface.js';
import {
  attachmentsOf,
  type NoticeJob,
  type OutboundJob,
  type OutboundProgress,
} from './outbound-job.interface.js';

type NoticeEntry = Job<NoticeJob, OutboundProgress>;

/** Jobs to compose a notice of. */
export interface ReadyJobs {
  readonly jobs: readonly NoticeEntry[];
  /** The files of the last one; empty when it has none. */
  readonly attachments: readonly PreparedAttachment[];
}

/** Has the files of jobs made ready, and lets go of them when they are sent. */
@Injectable()
export class NoticeFiles {
  constructor(private readonly preparer: AttachmentPreparer) {}

  /**
   * The jobs up to the first with files, or before it while its files are loaded. When nothing stands before it, its
   * thread waits.
   */
  async prepare(jobs: readonly NoticeEntry[]): Promise<ReadyJobs | Pause> {
    const index = jobs.findIndex(({ payload }) => attachmentsOf(payload).length > 0);
    const job = jobs[index];
    if (!job) return { jobs, attachments: [] };
    const preparation = await this.preparer.prepare(job.id, attachmentsOf(job.payload));
    if (preparation.state === 'ready') {
      const attachments = preparation.files.map((file, place) =>
        asRefused(file, place, job.progress?.files ?? NO_FILES_SENT),
      );
      return { jobs: jobs.slice(0, index + 1), attachments };
    }
    if (index === 0) return { pauseMs: preparation.retryMs, keyOnly: true };
    return { jobs: jobs.slice(0, index), attachments: [] };
  }

  /** Frees the files of jobs that are done. Never rejects. */
  async complete(jobs: readonly NoticeEntry[]): Promise<void> {
    for (const { id, payload } of jobs) {
      const attachments = attachmentsOf(payload);
      if (attachments.length > 0) await this.preparer.complete(id, attachments);
    }
  }

  /** Forgets what is known of the files of a job, so that they are looked at anew. Never rejects. */
  async release(job: Job<OutboundJob>): Promise<void> {
    if (attachmentsOf(job.payload).length > 0) await this.preparer.release(job.id);
  }
}

/** A file as Telegram takes it, by what it has said before. */
function asRefused(
  file: PreparedAttachment,
  place: number,
  { asDocuments, refused }: FileProgress,
): PreparedAttachment {
  if (file.kind === 'missing' || file.kind === 'too_big') return file;
  if (refused.includes(place)) {
    return { kind: 'missing', name: file.name, reason: 'Telegram does not take it' };
  }
  if (!asDocuments.includes(place)) return file;
  const { name, contentType, size } = file;
  return { kind: 'document', name, contentType, size, open: () => file.open() };
}
