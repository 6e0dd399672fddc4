import { Injectable } from '@nestjs/common';
import { CommandProcessor } from '../agents/command.processor.js';
import { Backoff } from '../common/backoff.js';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { inboundLetter } from '../dead-letters/dead-letter.factory.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import type { Job } from '../queue/job.interface.js';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { RETRY_DELAYS_MS } from '../queue/queue.constants.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import type { DeliveryProgress } from '../events/delivery-progress.interface.js';
import { afterWait, shortestBackoffMs } from '../events/handler-backoff.js';
import { HandlerFailedError } from '../events/handler-failed.error.js';
import { EventDispatcher, type HandlerFailure } from '../events/event-dispatcher.js';
import { describeEvent, type StoredEvent } from '../events/stored-event.interface.js';
import { AlbumCollector } from './album-collector.js';
import { DeliveryReports } from './delivery-reports.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import { HeldReplies } from './held-replies.js';
import { eventOfJob } from './event-of-job.js';
import { FailureReports } from './failure-reports.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { RevisionGate, type Delivery } from './revision-gate.js';

/**
 * How long an event waits for a process with the handlers that are missing. Any process may get it next,
 * so the waits are short at first, and grow when no process with these handlers seems to run.
 */
const SHORT_WAITS = 10;
const FIRST_WAIT_MS = 25;
const MAX_WAIT_MS = 500;

/** Has the app's handlers process replies and other events. */
@Injectable()
export class InboundProcessor implements JobProcessor<InboundEvent, InboundProgress> {
  readonly #logger: SafeLogger;

  constructor(
    private readonly dispatcher: EventDispatcher,
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
    this.events.emit(
      'deadLetter',
      inboundLetter(job, { desk: this.settings.desk, reason, failedAtMs: this.clock.now() }),
    );
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
    if (delivery) return this.#deliver(batch, job, delivery);
    await this.failures.end(batch, 'outdated');
  }

  /** @throws When a handler has failed. */
  async #deliver(
    batch: JobBatch<InboundEvent, InboundProgress>,
    { progress: before = {}, attempts }: Job<InboundEvent, InboundProgress>,
    { event, versions: newest }: Delivery,
  ): Promise<Pause | void> {
    // A dead letter that is retried starts with no attempts, and so do its handlers.
    const isFirst = attempts === 0 && !before.handedOn;
    const dispatched = await this.dispatcher.dispatch(
      event,
      isFirst ? { ...before, failures: {} } : before,
    );
    const { state, reason, isThrown, failures } = dispatched;
    const isBegun = (before.handledBy ?? []).length > 0;
    const versions = isBegun ? (before.versions ?? {}) : newest;
    const progress: InboundProgress & DeliveryProgress = {
      ...dispatched.progress,
      ...(before.album && { album: before.album }),
      ...(Object.keys(versions).length > 0 && { versions }),
    };
    this.#reportFailures(event, failures);
    switch (state) {
      case 'handled':
        return this.reports.reportHandled(batch, event, progress);
      case 'elsewhere': {
        const handedOn = progress.handedOn + 1;
        const doublings = Math.max(0, handedOn - SHORT_WAITS);
        const pauseMs = Math.min(FIRST_WAIT_MS * 2 ** doublings, MAX_WAIT_MS);
        const pause = await this.#wait(batch, { ...progress, handedOn }, pauseMs);
        return { ...pause, isPassedOn: true };
      }
      case 'failed': {
        const [failure] = failures;
        if (!failure) return this.#wait(batch, progress, shortestBackoffMs(progress.failures));
        // The queue has the job wait for as long.
        const waitedMs = Backoff.delayAfter(attempts, RETRY_DELAYS_MS);
        await batch.complete(0, { ...progress, failures: afterWait(progress.failures, waitedMs) });
        throw failure.error;
      }
      case 'rejected':
        await batch.complete(0, { ...progress, handedOn: 0 });
        throw isThrown ? new HandlerFailedError(reason) : new UnrecoverableError(reason);
    }
  }

  /** Has the job wait, and with it the handlers that have failed. */
  async #wait(
    batch: JobBatch<InboundEvent, InboundProgress>,
    progress: InboundProgress & DeliveryProgress,
    pauseMs: number,
  ): Promise<Pause> {
    await batch.complete(0, { ...progress, failures: afterWait(progress.failures, pauseMs) });
    return { pauseMs, keyOnly: true };
  }

  #reportFailures(event: StoredEvent, failures: readonly HandlerFailure[]): void {
    for (const { name, error, times } of failures) {
      if (event.type === 'reply') this.events.emit('replyFailed', { event, handler: name });
      const words = `${name} failed on ${describeEvent(event)}, attempt ${times}`;
      this.#logger.errorWithStack(words, error);
    }
  }
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
