import type { Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { costOfCall } from '../chat/call-cost.js';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { outboundLetter } from '../dead-letters/dead-letter.factory.js';
import { DeskEvents } from '../desk/desk-events.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import { DeskTelemetry } from '../telemetry/desk-telemetry.js';
import type { Post } from '../threads/thread-layout.js';
import { CardComposer } from './cards/card-composer.js';
import { NoticeCards } from './cards/notice-cards.js';
import { FailureNoteRecorder } from './failures/failure-note.recorder.js';
import { firstNotices } from './first-notices.js';
import { HoldNoteRecorder } from './holds/hold-note.recorder.js';
import { NoticeFailures } from './notice-failures.js';
import { NoticeFiles } from './notice-files.js';
import { NoticeKeyboards } from './notice-keyboards.js';
import { NoticeHistories } from './notice-histories.js';
import { NOWHERE, NoticePlacer, RENEWS_TOPIC, type Place } from './notice-placer.js';
import { NoticeRecorder } from './notice-recorder.js';
import { NoticeOperationBuilder } from './operations/notice-operation.builder.js';
import { OperationSender } from './operations/operation-sender.js';
import type { NoticeJob, OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import { detailsOf, isOfCode, postOf, progressAfter, shownJobs } from './posted-notice.js';
import { ShownNoticeRecorder } from './shown/shown-notice-recorder.js';
import { SendFailureLog } from './send-failure-log.js';
import { ThreadTransfer } from './thread-transfer.js';
import { ThreadService } from './thread.service.js';

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/** Posts the jobs of one thread, within the rate limit of the chat. */
@Injectable()
export class NoticeProcessor implements JobProcessor<OutboundJob, OutboundProgress> {
  readonly #logger: SafeLogger;

  constructor(
    private readonly cards: NoticeCards,
    private readonly composer: CardComposer,
    private readonly keyboards: NoticeKeyboards,
    private readonly histories: NoticeHistories,
    private readonly files: NoticeFiles,
    private readonly operations: NoticeOperationBuilder,
    private readonly failureNotes: FailureNoteRecorder,
    private readonly holdNotes: HoldNoteRecorder,
    private readonly placer: NoticePlacer,
    private readonly recorder: NoticeRecorder,
    private readonly shown: ShownNoticeRecorder,
    private readonly threads: ThreadService,
    private readonly transfer: ThreadTransfer,
    private readonly sender: OperationSender,
    private readonly failures: NoticeFailures,
    private readonly log: SendFailureLog,
    private readonly events: DeskEvents,
    private readonly clock: Clock,
    private readonly settings: TelegramSettings,
    private readonly telemetry: DeskTelemetry,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(NoticeProcessor.name, errors);
  }

  /** Posts one notice, then lets the other threads have their turn, so that a long text delays nobody. */
  async process(batch: OutboundBatch): Promise<Pause> {
    try {
      return await this.#postNext(batch);
    } catch (error) {
      // The dead letter of an unrecoverable refusal is logged; anything unknown is a defect that must be seen.
      if (error instanceof BotApiError) this.log.refused(batch.key, error);
      else if (!(error instanceof UnrecoverableError)) {
        this.#logger.errorWithStack(`A notice of ${batch.key} failed`, error);
      }
      throw error;
    }
  }

  async onFailed({ job, error }: FailedJob<OutboundJob, OutboundProgress>): Promise<void> {
    const { threadId } = job.payload;
    const subject = threadId ? `thread ${threadId}` : 'a reply of no thread';
    const reason = this.#logger.describe(error);
    this.#logger.error(`The notice ${job.id} of ${subject} was given up: ${reason}`);
    await this.files.release(job);
  }

  onDeadLetter({ job, error }: FailedJob<OutboundJob, OutboundProgress>): void {
    const reason = this.#logger.describe(error);
    const details = { desk: this.settings.desk, reason, failedAtMs: this.clock.now() };
    this.events.emit('deadLetter', outboundLetter(job, details));
  }

  async #postNext(batch: OutboundBatch): Promise<Pause> {
    const waiting = await this.transfer.withDetails(firstNotices(batch));
    const notices = await this.histories.prepare(batch, waiting);
    if ('pauseMs' in notices) return notices;
    const ready = await this.files.prepare(notices);
    if ('pauseMs' in ready) return ready;
    const { attachments } = ready;
    const jobs = await this.cards.prepare(ready.jobs);
    const [first] = jobs;
    if (!first) throw new RangeError('There is no notice to post');
    const { progress = NOTHING_SENT } = first;
    const notice = this.composer.compose(jobs, attachments);
    const shown = shownJobs(notice, jobs);
    const post = postOf(notice, shown, progress);
    const title = await this.#titleOf(post);
    const keyboard = this.keyboards.of(notice, post, shown);
    const operation = this.operations.build(notice, title, keyboard);
    const closingCost = costOfClosing(shown);
    const cost = operation.cost + closingCost;
    const place = await this.#place(batch, progress, post, cost, shown);
    if (place === NOWHERE) {
      await this.recorder.recordMove(post, shown, { hasPermit: false });
      await batch.complete(notice.jobs);
      return { pauseMs: 0 };
    }
    if (place === RENEWS_TOPIC) {
      const withHistory = this.histories.has(post.threadId);
      await batch.complete(0, { ...progress, withHistory });
      return { pauseMs: 0 };
    }
    if ('pauseMs' in place) return place;
    const { destination, permit } = place;
    let posted: readonly Message[];
    try {
      // Before the call, so that the process that takes over after a crash marks the notice as a possible repeat, and
      // so that the one which had the thread before cannot go on with it.
      await batch.complete(0, { ...progress, maybeSent: true });
      posted = await this.telemetry.post(jobs.slice(0, shown.length), () =>
        this.sender.send(operation, destination),
      );
    } catch (error) {
      await permit.release();
      return this.failures.afterFailure(batch, first, notice, post, error);
    }
    this.failures.recovered();
    const [isInPlace] = await Promise.all([
      this.recorder.record(posted, post, destination, shown),
      this.shown.record(posted, notice, jobs, title, keyboard),
      this.failureNotes.record(posted, shown),
      this.holdNotes.record(posted, shown),
      closingCost > 0 ? undefined : permit.release(),
    ]);
    if (closingCost > 0) await permit.release();
    if (!isInPlace) return this.failures.sendAgain(batch, progress, 'retry');
    await this.cards.posted(jobs.slice(0, shown.length));
    await batch.complete(notice.jobs, progressAfter(notice, jobs));
    this.histories.release(first);
    await this.files.complete(jobs.slice(0, notice.jobs));
    return { pauseMs: 0 };
  }

  async #place(
    batch: OutboundBatch,
    progress: OutboundProgress,
    post: Post,
    cost: number,
    shown: readonly NoticeJob[],
  ): Promise<Place | Pause | typeof NOWHERE | typeof RENEWS_TOPIC> {
    const topicLook = () => this.threads.topicLook(post.threadId ?? '', detailsOf(shown));
    try {
      return await this.placer.place(batch, progress, post, cost, topicLook);
    } catch (error) {
      if (!(error instanceof BotApiError)) throw error;
      return this.failures.wait(error);
    }
  }

  /** What names the thread where its place does not. */
  async #titleOf({ threadId, inReplyTo, isOutside }: Post): Promise<string | undefined> {
    if (threadId === undefined || inReplyTo || !isOutside) return undefined;
    return (await this.threads.topicLook(threadId)).name;
  }
}

/** What closing the topic that a thread leaves takes of the rate limit, which happens when the notice that says so is recorded. */
function costOfClosing(shown: readonly NoticeJob[]): number {
  const leaves = shown.some((job) => isOfCode(job, 'thread_moved'));
  return leaves ? costOfCall('closeForumTopic', {}) : 0;
}
