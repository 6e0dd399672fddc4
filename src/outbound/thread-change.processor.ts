import { Injectable } from '@nestjs/common';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import type { OutboundJob, OutboundProgress, ThreadChangeJob } from './outbound-job.interface.js';
import { OutboundService } from './outbound.service.js';
import { labelsOf } from './posted-notice.js';
import { ThreadPurger } from './thread-purger.js';
import { ThreadService } from './thread.service.js';

/** Changes threads as the app wants it, in order with their messages. */
@Injectable()
export class ThreadChangeProcessor {
  constructor(
    private readonly threads: ThreadService,
    private readonly outbound: OutboundService,
    private readonly purger: ThreadPurger,
  ) {}

  /** @throws When the thread could not be changed, which is tried again. */
  async process(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    job: ThreadChangeJob,
  ): Promise<Pause> {
    await this.#change(job, batch.jobs[0]?.id ?? '');
    await batch.complete(1);
    return { pauseMs: 0 };
  }

  async #change(job: ThreadChangeJob, id: string): Promise<void> {
    const { threadId } = job;
    // A thread that nobody knows has nothing to close, and its first message opens nothing again.
    const isOfStatus = job.type === 'thread.closed' || job.type === 'thread.reopened';
    if (isOfStatus && !(await this.threads.find(threadId))) return;
    switch (job.type) {
      case 'thread.updated':
        return this.threads.update(threadId, labelsOf(job));
      case 'thread.purged':
        return this.purger.purge(threadId);
      case 'thread.closed': {
        const { changed, isUnseen } = await this.threads.close(threadId);
        if (changed && isUnseen) await this.outbound.notifyOfThread('thread_closed', threadId, id);
        return;
      }
      case 'thread.reopened': {
        const { changed, isUnseen } = await this.threads.reopen(threadId);
        if (changed && isUnseen)
          await this.outbound.notifyOfThread('thread_reopened', threadId, id);
      }
    }
  }
}
