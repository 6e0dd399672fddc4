import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskEvents } from '../desk/desk-events.js';
import { HandlerFailedError } from '../events/handler-failed.error.js';
import type { ReplyEditedEvent, ReplyEvent } from '../events/reply-event.interface.js';
import type { ReplyDeletedEvent, StoredEvent } from '../events/stored-event.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { placedMessageOf } from '../updates/message-ref-of.js';
import { Acknowledgements } from './acknowledgements.js';
import { AgentNotifier } from './agent-notifier.js';
import { eventOfJob } from './event-of-job.js';
import { FailureReports } from './failure-reports.js';
import { HandledReplyRecorder } from './handled-reply-recorder.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { ReplyVersions } from './reply-versions.js';

/** Has agents see what has become of their replies, edits and deletions. Of other events they expect nothing. */
@Injectable()
export class DeliveryReports {
  constructor(
    private readonly acknowledgements: Acknowledgements,
    private readonly notifier: AgentNotifier,
    private readonly versions: ReplyVersions,
    private readonly events: DeskEvents,
    private readonly failures: FailureReports,
    private readonly handledReplies: HandledReplyRecorder,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * The first job of the batch has been handled by all handlers of the desk that take it.
   *
   * @param event In the form that they have got.
   * @returns How long the job waits, because that could not be stored.
   * @throws When it could not be stored.
   */
  async reportHandled(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: StoredEvent,
    progress: InboundProgress,
  ): Promise<Pause | void> {
    const isHandled = (progress.handledBy ?? []).length > 0;
    await this.failures.end(batch, isHandled ? 'handled' : 'outdated');
    switch (event.type) {
      case 'reply':
        return this.#reportReply(batch, event, progress);
      case 'reply.edited': {
        if (isHandled) return this.#reportEdit(batch, event, progress);
        const { raw, agent } = event;
        await this.notifier.hintOfEdit(nameOf(batch), placedMessageOf(raw), agent);
        return;
      }
      case 'reply.deleted':
        return isHandled
          ? this.confirmDeletion(batch, event, progress)
          : this.#refuseDeletion(batch, event);
      default:
        return;
    }
  }

  /** The reply is deleted, or was never handed over. */
  async confirmDeletion(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: ReplyDeletedEvent,
    progress: InboundProgress,
  ): Promise<Pause | void> {
    await this.handledReplies.record(event, batch.jobs[0]?.enqueuedAtMs);
    const pause = await this.acknowledgements.enqueue(batch, event, progress);
    if (pause) return pause;
    await this.versions.endDeletion(event.message, 'done');
    await this.failures.discardReply(event);
  }

  /**
   * An event has become a dead letter.
   *
   * @param reason The words of the error.
   * @throws When it could not be stored.
   */
  async reportFailed(
    job: Job<InboundEvent, InboundProgress>,
    error: Error,
    reason: string,
  ): Promise<void> {
    const event = eventOfJob(job);
    const code = FAILURES[event.type];
    if (!code || !event.message) return;
    const { threadId, message } = event;
    const shown = this.#isExposed(error) ? reason : this.settings.texts.plain('hiddenReason');
    const target = 'raw' in event ? placedMessageOf(event.raw) : message;
    await this.failures.begin(job, { threadId, code, target, reason: shown });
    if (event.type === 'reply.deleted') await this.versions.endDeletion(message, 'refused');
  }

  async #reportReply(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: ReplyEvent,
    progress: InboundProgress,
  ): Promise<Pause | void> {
    const edited = Object.entries(progress.versions ?? {});
    // The handlers must not be called again when the next lines fail.
    if (edited.length > 0) await batch.complete(0, progress);
    const { chatId } = event.message;
    for (const [messageId, version] of edited) {
      await this.versions.markDelivered({ chatId, messageId: Number(messageId) }, version);
    }
    const pause = await this.acknowledgements.enqueue(batch, event, progress);
    if (pause) return pause;
    await this.handledReplies.record(event, batch.jobs[0]?.enqueuedAtMs);
    this.events.emit('replyHandled', event);
  }

  async #reportEdit(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: ReplyEditedEvent,
    progress: InboundProgress,
  ): Promise<Pause | void> {
    // The reply itself may have reached only some of the handlers.
    if (await this.failures.isUndelivered(event.message)) return;
    const pause = await this.acknowledgements.enqueue(batch, event, progress);
    if (pause) return pause;
    await this.handledReplies.record(event, batch.jobs[0]?.enqueuedAtMs);
  }

  async #refuseDeletion(
    batch: JobBatch<InboundEvent, InboundProgress>,
    { message }: ReplyDeletedEvent,
  ): Promise<void> {
    await this.notifier.refuseDeletion(nameOf(batch), message, 'no_handler');
    await this.versions.endDeletion(message, 'refused');
  }

  /** The option hides what the app's handlers throw, and not what the desk itself has to say. */
  #isExposed(error: Error): boolean {
    return this.settings.replies.exposeErrors || !(error instanceof HandlerFailedError);
  }
}

/** How the agent learns that their event has failed. */
const FAILURES = {
  reply: 'reply_failed',
  'reply.edited': 'edit_failed',
  'reply.deleted': 'deletion_failed',
  reaction: undefined,
  command: undefined,
  closed: undefined,
  reopened: undefined,
  noted: undefined,
  'outside-hours': undefined,
  overdue: undefined,
  'closing-soon': undefined,
  revealed: undefined,
  claimed: undefined,
  released: undefined,
  transferred: undefined,
} as const satisfies Record<StoredEvent['type'], string | undefined>;

/** The name of the first job of a batch. */
function nameOf({ jobs }: JobBatch<InboundEvent, InboundProgress>): string {
  return jobs[0]?.id ?? '';
}
