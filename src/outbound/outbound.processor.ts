import { Injectable } from '@nestjs/common';
import { mayBePerformed } from '../bot/transport-failure.js';
import { ChatRateLimiter, type SendPermit } from '../chat/chat-rate-limiter.js';
import { Backoff } from '../common/backoff.js';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { outboundLetter } from '../dead-letters/dead-letter.factory.js';
import { DeskEvents } from '../desk/desk-events.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber } from '../errors/index.js';
import { type Notice, NoticeComposer } from '../notices/notice-composer.js';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import { ThreadLayout } from '../threads/thread-layout.js';
import { OperationSender } from './operations/operation-sender.js';
import { SendTextBuilder } from './operations/send-text.builder.js';
import { NOTHING_SENT, type OutboundJob, type OutboundProgress } from './outbound-job.interface.js';
import { SendFailureLog } from './send-failure-log.js';
import { classifySendError } from './send-error.js';
import { upgradeOutboundJob } from './upgrade-outbound-job.js';

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/** Posts the jobs of one thread, within the rate limit of the chat. */
@Injectable()
export class OutboundProcessor implements JobProcessor<OutboundJob, OutboundProgress> {
  readonly #logger: SafeLogger;
  readonly #backoff = new Backoff();

  constructor(
    private readonly composer: NoticeComposer,
    private readonly sendText: SendTextBuilder,
    private readonly layout: ThreadLayout,
    private readonly rateLimiter: ChatRateLimiter,
    private readonly sender: OperationSender,
    private readonly failures: SendFailureLog,
    private readonly events: DeskEvents,
    private readonly clock: Clock,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(OutboundProcessor.name, errors);
  }

  /** Posts one notice, then lets the other threads have their turn, so that a long text delays nobody. */
  async process(batch: OutboundBatch): Promise<Pause> {
    try {
      return await this.#postNext(batch);
    } catch (error) {
      // The dead letter of an unrecoverable refusal is logged; anything unknown is a defect that must be seen.
      if (error instanceof BotApiError) this.failures.refused(batch.key, error);
      else if (!(error instanceof UnrecoverableError)) {
        this.#logger.errorWithStack(`A notice of ${batch.key} failed`, error);
      }
      throw error;
    }
  }

  onFailed({ job, error }: FailedJob<OutboundJob, OutboundProgress>): Promise<void> {
    const { threadId } = upgradeOutboundJob(job).payload;
    const subject = threadId ? `thread ${threadId}` : 'a reply of no thread';
    const reason = this.#logger.describe(error);
    this.#logger.error(`The notice ${job.id} of ${subject} was given up: ${reason}`);
    this.events.emit('deadLetter', outboundLetter(job, { reason, failedAtMs: this.clock.now() }));
    return Promise.resolve();
  }

  async #postNext(batch: OutboundBatch): Promise<Pause> {
    const jobs = batch.jobs.map((job) => upgradeOutboundJob(job));
    const progress = jobs[0]?.progress ?? NOTHING_SENT;
    const notice = this.composer.next(jobs);
    const operation = this.sendText.build(notice);
    // Query the store in parallel, so that a hanging Redis costs one timeout, not two.
    const [decision, destination] = await Promise.all([
      this.rateLimiter.acquire(operation.cost),
      this.layout.destination(notice.threadId, notice.inReplyTo),
    ]);
    if (!decision.granted) return { pauseMs: decision.waitMs };
    try {
      await markMaybeSent(batch, progress, decision.permit);
      await this.sender.send(operation, destination, decision.permit);
    } catch (error) {
      if (!(error instanceof BotApiError)) throw error;
      return this.#afterFailure(batch, progress, notice, error);
    }
    if (this.#backoff.reset()) this.#logger.log('Telegram accepts notices again');
    this.failures.recovered();
    const { jobs: done, sentParts } = notice;
    const sendAlone = jobs[done]?.progress?.sendAlone ?? false;
    const reached = { sentParts, maybeSent: false, sendAlone };
    await batch.complete(done, sentParts > 0 ? reached : undefined);
    return { pauseMs: 0 };
  }

  async #afterFailure(
    batch: OutboundBatch,
    progress: OutboundProgress,
    { isJoint, threadId }: Notice,
    error: BotApiError,
  ): Promise<Pause> {
    const kind = classifySendError(error);
    const isRefused = kind === 'message' || kind === 'unknown';
    await batch.complete(0, {
      ...progress,
      // One of several may be at fault; sent alone, the first shows whether it is the one.
      sendAlone: progress.sendAlone || isRefused,
      maybeSent: progress.maybeSent || mayBePerformed(error),
    });
    if (isRefused && isJoint) return { pauseMs: 0 };
    if (kind === 'message') {
      throw new UnrecoverableError(this.#logger.describe(error), { cause: error });
    }
    if (kind === 'unknown') throw error;
    if (kind === 'thread' && (await this.layout.recover(threadId, error))) return { pauseMs: 0 };
    if (error instanceof BotApiRateLimitError) {
      this.failures.waiting(error, `Telegram wants a pause of ${error.retryAfterMs} ms`);
      return { pauseMs: error.retryAfterMs };
    }
    const isOutage = kind === 'unavailable';
    this.failures.waiting(error, isOutage ? 'Notices wait' : 'Notices wait until this is fixed');
    return { pauseMs: this.#backoff.nextMs() };
  }
}

/** Written before the call, so that the process that takes over after a crash marks the notice as a possible repeat. */
async function markMaybeSent(
  batch: OutboundBatch,
  progress: OutboundProgress,
  permit: SendPermit,
): Promise<void> {
  if (progress.maybeSent) return;
  try {
    await batch.complete(0, { ...progress, maybeSent: true });
  } catch (error) {
    await permit.release();
    throw error;
  }
}
