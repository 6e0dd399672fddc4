import { Injectable } from '@nestjs/common';
import { AttachmentPreparer } from '../files/attachment-preparer.js';
import type { PreparedAttachment } from '../files/prepared-attachment.interface.js';
import { NoticeDraft } from '../notices/notice-draft.js';
import { NoticeRenderer } from '../notices/notice-renderer.js';
import type { Job } from '../queue/job.interface.js';
import type { Pause } from '../queue/job-processor.interface.js';
import { NO_FILES_SENT, type FileProgress } from './file-progress.interface.js';
import type { NoticeEntry } from './notice-entry.interface.js';
import { attachmentsOf, type OutboundJob } from './jobs/outbound-job.interface.js';

/** How long a text that fits in a caption waits for its files. */
const CAPTION_WAIT_MS = 30_000;

/** Jobs to compose a notice of. */
export interface ReadyJobs {
  readonly jobs: readonly NoticeEntry[];
  /** The files of the last one; empty when it has none. While they are loaded its text goes ahead of them. */
  readonly attachments: readonly PreparedAttachment[] | 'loading';
}

/** Has the files of jobs made ready, and lets go of them when they are sent. */
@Injectable()
export class NoticeFiles {
  constructor(
    private readonly preparer: AttachmentPreparer,
    private readonly renderer: NoticeRenderer,
  ) {}

  /**
   * The jobs up to the first with files, or before it while its files are loaded. When nothing stands before it, its
   * text goes ahead, unless it is to be a caption and the files may come soon. Then its thread waits.
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
    if (index > 0) return { jobs: jobs.slice(0, index), attachments: [] };
    return this.#goesAhead(job, preparation.elapsedMs)
      ? { jobs: [job], attachments: 'loading' }
      : { pauseMs: preparation.retryMs, keyOnly: true };
  }

  /** Whether what is left of the text of a job is posted before its files are there. */
  #goesAhead({ payload, progress }: NoticeEntry, elapsedMs: number): boolean {
    const parts = this.renderer.parts(payload).slice(progress?.sentParts ?? 0);
    if (parts.every(({ text }) => text === '')) return false;
    const texts = parts.map((part) => this.renderer.render(payload, part, false));
    return elapsedMs >= CAPTION_WAIT_MS || !NoticeDraft.isCaption(texts);
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
