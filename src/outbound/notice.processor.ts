import type { Message } from '@grammyjs/types';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { outboundLetter } from '../dead-letters/dead-letter.factory.js';
import { DeskEvents } from '../desk/desk-events.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';
import { NoticeComposer } from '../notices/notice-composer.js';
import type { Job } from '../queue/job.interface.js';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import type { Post } from '../threads/thread-layout.js';
import { NoticeFailures } from './notice-failures.js';
import { NOWHERE, NoticePlacer, type Place } from './notice-placer.js';
import { NoticeRecorder } from './notice-recorder.js';
import { OperationSender } from './operations/operation-sender.js';
import { SendTextBuilder } from './operations/send-text.builder.js';
import {
  NOTHING_SENT,
  isNotice,
  type NoticeJob,
  type OutboundJob,
  type OutboundProgress,
} from './outbound-job.interface.js';
import { detailsOf, isOfCode, postOf, shownJobs } from './posted-notice.js';
import { SendFailureLog } from './send-failure-log.js';
import { ThreadTransfer } from './thread-transfer.js';
import { ThreadService } from './thread.service.js';

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/** Posts the jobs of one thread, within the rate limit of the chat. */
@Injectable()
export class NoticeProcessor implements JobProcessor<OutboundJob, OutboundProgress> {
  readonly #logger: SafeLogger;

  constructor(
    private readonly composer: NoticeComposer,
    private readonly sendText: SendTextBuilder,
    private readonly placer: NoticePlacer,
    private readonly recorder: NoticeRecorder,
    private readonly threads: ThreadService,
    private readonly transfer: ThreadTransfer,
    private readonly sender: OperationSender,
    private readonly failures: NoticeFailures,
    private readonly log: SendFailureLog,
    private readonly events: DeskEvents,
    private readonly clock: Clock,
    private readonly settings: TelegramSettings,
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

  onFailed({ job, error }: FailedJob<OutboundJob, OutboundProgress>): Promise<void> {
    const { threadId } = job.payload;
    const subject = threadId ? `thread ${threadId}` : 'a reply of no thread';
    const reason = this.#logger.describe(error);
    this.#logger.error(`The notice ${job.id} of ${subject} was given up: ${reason}`);
    this.events.emit(
      'deadLetter',
      outboundLetter(job, { desk: this.settings.desk, reason, failedAtMs: this.clock.now() }),
    );
    return Promise.resolve();
  }

  async #postNext(batch: OutboundBatch): Promise<Pause> {
    const jobs = await this.transfer.withDetails(firstNotices(batch));
    const progress = jobs[0]?.progress ?? NOTHING_SENT;
    const notice = this.composer.next(jobs);
    const shown = shownJobs(notice, jobs);
    const post = postOf(notice, shown, progress.isOutside ?? false);
    const operation = this.sendText.build(notice, await this.#titleOf(post));
    const place = await this.#place(batch, progress, post, operation.cost, shown);
    if (place === NOWHERE) {
      await this.recorder.recordMove(post, shown);
      await batch.complete(notice.jobs);
      return { pauseMs: 0 };
    }
    if ('pauseMs' in place) return place;
    const { destination, permit } = place;
    let message: Message;
    try {
      // Before the call, so that the process that takes over after a crash marks the notice as a possible repeat.
      if (!progress.maybeSent) await batch.complete(0, { ...progress, maybeSent: true });
      message = await this.sender.send(operation, destination);
    } catch (error) {
      await permit.release();
      if (!(error instanceof BotApiError)) throw error;
      return this.failures.afterRefusal(batch, progress, notice, post, error);
    }
    this.failures.recovered();
    const [isInPlace] = await Promise.all([
      this.recorder.record(message, post, destination, shown),
      permit.release(),
    ]);
    if (!isInPlace) return this.failures.sendAgain(batch, progress, 'retry');
    const { jobs: done, sentParts } = notice;
    const sendAlone = jobs[done]?.progress?.sendAlone ?? false;
    const reached = { sentParts, maybeSent: false, sendAlone };
    await batch.complete(done, sentParts > 0 ? reached : undefined);
    return { pauseMs: 0 };
  }

  async #place(
    batch: OutboundBatch,
    progress: OutboundProgress,
    post: Post,
    cost: number,
    shown: readonly NoticeJob[],
  ): Promise<Place | Pause | typeof NOWHERE> {
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

/** Those before the first job that is none; none behind the move of their thread, which may belong to another desk. */
function firstNotices({ jobs }: OutboundBatch): Array<Job<NoticeJob, OutboundProgress>> {
  const notices: Array<Job<NoticeJob, OutboundProgress>> = [];
  for (const job of jobs) {
    const { payload } = job;
    if (!isNotice(payload)) break;
    notices.push({ ...job, payload });
    if (isOfCode(payload, 'thread_moved')) break;
  }
  return notices;
}
