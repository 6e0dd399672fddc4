import { Injectable } from '@nestjs/common';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { CustomerActionProcessor } from './customer-action.processor.js';
import { CustomerSignalProcessor } from './customer-signal.processor.js';
import { NoticeProcessor } from './notice.processor.js';
import type { OutboundJob, OutboundProgress } from './outbound-job.interface.js';
import { RequestedMoveProcessor } from './requested-move.processor.js';
import { ThreadChangeProcessor } from './thread-change.processor.js';
import { ThreadDeparture } from './thread-departure.js';
import { ThreadTransfer } from './thread-transfer.js';
import { TopicSyncProcessor } from './topics/topic-sync.processor.js';

/** Has each job done by whoever does jobs of its kind. */
@Injectable()
export class OutboundProcessor implements JobProcessor<OutboundJob, OutboundProgress> {
  constructor(
    private readonly notices: NoticeProcessor,
    private readonly threads: ThreadChangeProcessor,
    private readonly actions: CustomerActionProcessor,
    private readonly signals: CustomerSignalProcessor,
    private readonly topics: TopicSyncProcessor,
    private readonly moves: RequestedMoveProcessor,
    private readonly transfer: ThreadTransfer,
    private readonly departure: ThreadDeparture,
  ) {}

  async process(batch: JobBatch<OutboundJob, OutboundProgress>): Promise<Pause | void> {
    const pause = (await this.departure.delay(batch)) ?? (await this.transfer.detour(batch));
    return pause ?? this.#processHere(batch);
  }

  #processHere(batch: JobBatch<OutboundJob, OutboundProgress>): Promise<Pause | void> {
    const first = batch.jobs[0]?.payload;
    switch (first?.type) {
      case 'thread.updated':
      case 'thread.closed':
      case 'thread.reopened':
      case 'thread.purged':
        return this.threads.process(batch, first);
      case 'message.edited':
      case 'message.deleted':
        return batch.jobs[0]?.progress?.told
          ? this.notices.process(batch)
          : this.actions.process(batch, first);
      case 'reaction.set':
      case 'thread.read':
        return this.signals.process(batch, first);
      case 'topic.synced':
        return this.topics.process(batch, first.threadId);
      case 'move.requested':
        return this.moves.process(batch, first);
      default:
        return this.notices.process(batch);
    }
  }

  onFailed(failed: FailedJob<OutboundJob, OutboundProgress>): Promise<void> {
    return this.notices.onFailed(failed);
  }
}
