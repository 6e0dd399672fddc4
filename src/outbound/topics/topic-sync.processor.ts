import { Injectable } from '@nestjs/common';
import type { JobBatch, Pause } from '../../queue/job-processor.interface.js';
import type { OutboundJob, OutboundProgress } from '../outbound-job.interface.js';

/** Has the topic of a thread show how the thread stands. */
@Injectable()
export class TopicSyncProcessor {
  async process(batch: JobBatch<OutboundJob, OutboundProgress>): Promise<Pause | void> {
    await batch.complete(batch.jobs.length);
  }
}
