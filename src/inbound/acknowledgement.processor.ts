import { Injectable } from '@nestjs/common';
import type { JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { ReplyAcknowledger } from '../replies/reply-acknowledger.js';
import type {
  AcknowledgementJob,
  AcknowledgementProgress,
} from './acknowledgement-job.interface.js';

/** Shows agents which of their replies the app has handled, and which it has deleted. */
@Injectable()
export class AcknowledgementProcessor implements JobProcessor<
  AcknowledgementJob,
  AcknowledgementProgress
> {
  constructor(private readonly acknowledger: ReplyAcknowledger) {}

  /** Tries to acknowledge in Telegram what the app has done. */
  async process(
    batch: JobBatch<AcknowledgementJob, AcknowledgementProgress>,
  ): Promise<Pause | void> {
    const [job] = batch.jobs;
    if (!job) return;
    const tries = job.progress?.tries ?? 0;
    const retryMs = await this.acknowledger.acknowledge(job.payload, tries);
    if (retryMs === null) return;
    await batch.complete(0, { tries: tries + 1 });
    return { pauseMs: retryMs, keyOnly: true };
  }

  /** Does not happen: an acknowledgement is postponed, or given up silently. */
  onFailed(): Promise<void> {
    return Promise.resolve();
  }
}
