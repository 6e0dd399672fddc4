import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { LetterDecisions } from '../dead-letters/letter-decisions.js';
import type { ReplyEditedEvent } from '../events/reply-event.interface.js';
import type { ReplyDeletedEvent } from '../events/stored-event.interface.js';
import { FailureRecords } from '../outbound/failures/failure-records.js';
import { stateOf, type Failure } from '../outbound/failures/failure.interface.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import type { Job } from '../queue/job.interface.js';
import type { JobBatch } from '../queue/job-processor.interface.js';
import { PurgedThreads } from '../threads/purged-threads.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { eventOfJob } from './event-of-job.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';

/** Records what the app could not process and what becomes of it, and has its note show that. */
@Injectable()
export class FailureReports {
  constructor(
    private readonly failures: FailureRecords,
    private readonly decisions: LetterDecisions,
    private readonly purged: PurgedThreads,
    private readonly notices: AgentNotices,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
  ) {}

  /** A job is about to become a dead letter. @throws When it could not be stored. */
  async begin(
    { id: jobId, payload, progress, enqueuedAtMs }: Job<InboundEvent, InboundProgress>,
    given: Pick<Failure, 'threadId' | 'code' | 'target' | 'reason'>,
  ): Promise<void> {
    const before = await this.failures.find(jobId);
    const failure: Failure = {
      ...given,
      jobId,
      desk: this.settings.desk,
      count: (before?.failure.count ?? 0) + 1,
      isBegun: (progress?.handledBy ?? []).length > 0,
      failedAtMs: this.clock.now(),
    };
    const event = eventOfJob({ payload, progress });
    const isOneMessage = event.type === 'reply' && (event.album ?? []).length < 2;
    await this.#save(failure, enqueuedAtMs, isOneMessage ? event.message : undefined);
  }

  /** The first job of the batch is over. Costs nothing unless it was a dead letter. @throws When it could not be stored. */
  async end(
    { jobs: [job] }: JobBatch<InboundEvent, InboundProgress>,
    end: 'handled' | 'outdated',
  ): Promise<void> {
    const known = job?.retries ? await this.failures.find(job.id) : null;
    if (!known) return;
    await this.#save({ ...known.failure, end }, job?.enqueuedAtMs);
  }

  /**
   * An agent has edited a reply. When no handler has got it, it is tried again in its new form, in place of the edit.
   *
   * @returns Whether the edit is not to be handed over.
   * @throws When the store does not answer.
   */
  async retryReply({ message, agent }: ReplyEditedEvent): Promise<boolean> {
    const known = await this.failures.findOfReply(message);
    if (!known || known.failure.isBegun) return false;
    const state = stateOf(known);
    if (state !== 'failed') return state === 'retried';
    return this.decisions.decide(known.failure, { action: 'retry', by: agent.name });
  }

  /** An agent has deleted a reply, of which no dead letter is to be left. @throws When the store does not answer. */
  async discardReply({ message, agent }: ReplyDeletedEvent): Promise<void> {
    const known = await this.failures.findOfReply(message);
    if (!known || stateOf(known) !== 'failed') return;
    await this.decisions.decide(known.failure, { action: 'discard', by: agent.name });
  }

  /** Whether a reply is a dead letter, or waits to be tried again. @throws When the store does not answer. */
  async isUndelivered(message: MessageRef): Promise<boolean> {
    const known = await this.failures.findOfReply(message);
    return known !== null && ['failed', 'retried'].includes(stateOf(known));
  }

  /** A handler may run while its thread is purged, of which nothing is to be left. */
  async #save(
    failure: Failure,
    enqueuedAtMs: number | undefined,
    reply?: MessageRef,
  ): Promise<void> {
    const { threadId, desk } = failure;
    if (await this.purged.has(threadId, enqueuedAtMs)) return;
    await this.failures.save(failure, reply);
    // Afterwards: a purge that begins now finds it.
    if (await this.purged.has(threadId, enqueuedAtMs)) {
      await this.failures.remove(failure);
      if (await this.purged.has(threadId)) await this.failures.forget(threadId, desk);
    } else await this.notices.showFailure(failure);
  }
}
