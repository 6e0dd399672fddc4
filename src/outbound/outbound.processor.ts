import { Injectable } from '@nestjs/common';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { CardEditProcessor } from './cards/card-edit.processor.js';
import { CardSyncProcessor } from './cards/card-sync.processor.js';
import { CustomerActionProcessor } from './customer-action.processor.js';
import { CustomerSignalProcessor } from './customer-signal.processor.js';
import { FailureNoteProcessor } from './failures/failure-note.processor.js';
import { HoldEndProcessor } from './holds/hold-end.processor.js';
import { NewerJobProcessor } from './newer-job.processor.js';
import { NoticeProcessor } from './notice.processor.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import { PrivateNoticeProcessor } from './private-notice.processor.js';
import { RatingProcessor } from './rating.processor.js';
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
    private readonly privately: PrivateNoticeProcessor,
    private readonly threads: ThreadChangeProcessor,
    private readonly actions: CustomerActionProcessor,
    private readonly ratings: RatingProcessor,
    private readonly signals: CustomerSignalProcessor,
    private readonly topics: TopicSyncProcessor,
    private readonly cards: CardSyncProcessor,
    private readonly cardEdits: CardEditProcessor,
    private readonly moves: RequestedMoveProcessor,
    private readonly failures: FailureNoteProcessor,
    private readonly holds: HoldEndProcessor,
    private readonly newer: NewerJobProcessor,
    private readonly transfer: ThreadTransfer,
    private readonly departure: ThreadDeparture,
  ) {}

  /** Whoever does a job says how many jobs of the batch are done: those behind may be of other kinds. */
  async process(batch: JobBatch<OutboundJob, OutboundProgress>): Promise<Pause> {
    const pause = (await this.departure.delay(batch)) ?? (await this.transfer.detour(batch));
    return pause ?? this.#processHere(batch);
  }

  #processHere(batch: JobBatch<OutboundJob, OutboundProgress>): Promise<Pause> {
    const first = batch.jobs[0]?.payload;
    switch (first?.type) {
      case 'thread.updated':
      case 'thread.assigned':
      case 'thread.closed':
      case 'thread.reopened':
      case 'thread.purged':
        return this.threads.process(batch, first);
      case 'message.edited':
      case 'message.deleted':
        return batch.jobs[0]?.progress?.told
          ? this.notices.process(batch)
          : this.actions.process(batch, first);
      case 'thread.rated':
        return batch.jobs[0]?.progress?.told
          ? this.notices.process(batch)
          : this.ratings.process(batch, first);
      case 'reaction.set':
      case 'thread.read':
        return this.signals.process(batch, first);
      case 'failure.shown':
        return batch.jobs[0]?.progress?.failureNote
          ? this.notices.process(batch)
          : this.failures.process(batch, first);
      case 'hold.ended':
        return this.holds.process(batch, first);
      case 'topic.synced':
        return this.topics.process(batch, first.threadId);
      case 'card.synced':
        return this.cards.process(batch, first);
      case 'card.edited':
        return this.cardEdits.process(batch, first);
      case 'move.requested':
        return this.moves.process(batch, first);
      case 'agent.notified':
        return first.privately && !batch.jobs[0]?.progress?.isPublic
          ? this.privately.process(batch, first)
          : this.notices.process(batch);
      case 'thread.opened':
      case 'message.added':
      case 'desk.notified':
      case 'action.told':
        return this.notices.process(batch);
      default:
        return this.newer.process(batch, String(batch.jobs[0]?.payload.type));
    }
  }

  onFailed(failed: FailedJob<OutboundJob, OutboundProgress>): Promise<void> {
    return this.notices.onFailed(failed);
  }

  onDeadLetter(failed: FailedJob<OutboundJob, OutboundProgress>): void {
    this.notices.onDeadLetter(failed);
  }
}
