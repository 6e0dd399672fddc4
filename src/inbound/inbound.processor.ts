import { Injectable } from '@nestjs/common';
import { CommandProcessor } from '../agents/command.processor.js';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { inboundLetter } from '../dead-letters/dead-letter.factory.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import type { Job } from '../queue/job.interface.js';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { describeEvent } from '../events/stored-event.interface.js';
import { AlbumCollector } from './album-collector.js';
import { DeliveryReports } from './delivery-reports.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { HeldReplies } from './held-replies.js';
import { EventDelivery } from './event-delivery.js';
import { eventOfJob } from './event-of-job.js';
import { FailureReports } from './failure-reports.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { RevisionGate } from './revision-gate.js';

/** Has the app's handlers process replies and other events. */
@Injectable()
export class InboundProcessor implements JobProcessor<InboundEvent, InboundProgress> {
  readonly #logger: SafeLogger;

  constructor(
    private readonly handlers: EventDelivery,
    private readonly albums: AlbumCollector,
    private readonly revisions: RevisionGate,
    private readonly reports: DeliveryReports,
    private readonly failures: FailureReports,
    private readonly commands: CommandProcessor,
    private readonly held: HeldReplies,
    private readonly events: DeskEvents,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(InboundProcessor.name, errors);
  }

  /** Processes the first job of the batch, and leaves others to the next turn. */
  async process(batch: JobBatch<InboundEvent, InboundProgress>): Promise<Pause | void> {
    const [job] = batch.jobs;
    if (!job) return;
    const { payload } = job;
    if (payload.type === 'reply' && payload.holdMs) {
      return this.#hold(batch, payload, payload.holdMs);
    }
    const gate = await this.albums.check(batch, job);
    if (typeof gate === 'object') return gate;
    const pause = gate === 'drop' ? undefined : await this.#revise(batch, job);
    if (pause) return pause;
    if (batch.jobs.length === 1) return;
    await batch.complete(1);
    return { pauseMs: 0 };
  }

  async onFailed({ job, error }: FailedJob<InboundEvent, InboundProgress>): Promise<void> {
    const event = eventOfJob(job);
    const reason = this.#logger.describe(error);
    const isNotified = event.type.startsWith('reply');
    const consequence = isNotified ? ', and its agent is notified' : '';
    const subject = describeEvent(event);
    this.#logger.error(`${capitalized(subject)} became a dead letter${consequence}: ${reason}`);
    await this.reports.reportFailed(job, error, reason);
  }

  onDeadLetter({ job, error }: FailedJob<InboundEvent, InboundProgress>): void {
    const reason = this.#logger.describe(error);
    const details = { desk: this.settings.desk, reason, failedAtMs: this.clock.now() };
    this.events.emit('deadLetter', inboundLetter(job, details));
  }

  /** Has a reply wait, once. When the process ends before the pause is stored, the reply goes out early. */
  async #hold(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: ReplyEvent,
    holdMs: number,
  ): Promise<Pause | void> {
    if (batch.jobs[0]?.progress?.isHeld) {
      await this.held.release(event);
      return;
    }
    await batch.complete(0, { isHeld: true });
    return { pauseMs: holdMs, keyOnly: true, isPlanned: true };
  }

  /** An event may be out of date at its turn. */
  async #revise(
    batch: JobBatch<InboundEvent, InboundProgress>,
    job: Job<InboundEvent, InboundProgress>,
  ): Promise<Pause | void> {
    const { payload, progress = {} } = job;
    if (payload.type === 'command') return this.commands.process(batch, payload, progress);
    const isEdit = payload.type === 'reply.edited';
    if (isEdit && (await this.failures.retryReply(payload))) return;
    const { delivery, confirmed } = await this.revisions.check(job);
    for (const deletion of confirmed) {
      const pause = await this.reports.confirmDeletion(batch, deletion, job.progress ?? {});
      if (pause) return pause;
    }
    if (delivery) return this.handlers.deliver(batch, job, delivery);
    await this.failures.end(batch, 'outdated');
  }
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
