import { Injectable } from '@nestjs/common';
import { UnreadableUploadError } from '../bot/unreadable-upload.error.js';
import { mayBePerformed } from '../bot/transport-failure.js';
import { Backoff } from '../common/backoff.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber } from '../errors/index.js';
import type { Notice } from '../notices/notice.interface.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import { ThreadLayout, type Post, type Recovery } from '../threads/thread-layout.js';
import { FileFailures } from './file-failures.js';
import type { NoticeEntry } from './notice-entry.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import { SendFailureLog } from './send-failure-log.js';
import { classifySendError, hintFor } from './send-error.js';

/** The wait before a file is read again that could not be read. */
const UNREADABLE_WAIT_MS = 1_000;

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/** Decides what becomes of a notice that is not posted, or not where it should be. */
@Injectable()
export class NoticeFailures {
  readonly #logger: SafeLogger;
  /** For places that are closed, of which there may be one for each thread. */
  readonly #places: ThrottledLogger;
  readonly #backoff = new Backoff();

  constructor(
    private readonly layout: ThreadLayout,
    private readonly files: FileFailures,
    private readonly failures: SendFailureLog,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(NoticeFailures.name, errors);
    this.#places = new ThrottledLogger(NoticeFailures.name, errors);
  }

  /**
   * The notice was not posted.
   *
   * @param first The first job of it.
   * @throws When the job is at fault; an {@link UnrecoverableError} when it will be refused each time.
   */
  async afterFailure(
    batch: OutboundBatch,
    first: NoticeEntry,
    notice: Notice,
    post: Post,
    error: unknown,
  ): Promise<Pause> {
    if (error instanceof UnreadableUploadError) {
      await batch.complete(0, await this.files.afterUnreadable(first, notice, error));
      return { pauseMs: UNREADABLE_WAIT_MS, keyOnly: true };
    }
    if (!(error instanceof BotApiError)) throw error;
    const withoutFile = this.files.afterRefusal(first, notice, error);
    if (!withoutFile) return this.#afterRefusal(batch, first, notice, post, error);
    await batch.complete(0, withoutFile);
    return { pauseMs: 0 };
  }

  async #afterRefusal(
    batch: OutboundBatch,
    { progress: before = NOTHING_SENT, history }: NoticeEntry,
    { isJoint }: Notice,
    post: Post,
    error: BotApiError,
  ): Promise<Pause> {
    const kind = classifySendError(error);
    const isRefused = kind === 'message' || kind === 'unknown';
    const progress = {
      ...before,
      // One of several may be at fault; sent alone, the first shows whether it is the one.
      sendAlone: before.sendAlone || isRefused,
      maybeSent: before.maybeSent || mayBePerformed(error),
    };
    if (isRefused && history) {
      // What was said before matters less than the notice.
      await batch.complete(0, { ...progress, withHistory: false });
      return { pauseMs: 0 };
    }
    await batch.complete(0, progress);
    if (isRefused && isJoint) return { pauseMs: 0 };
    if (kind === 'message') {
      throw new UnrecoverableError(this.#logger.describe(error), { cause: error });
    }
    if (kind === 'unknown') throw error;
    if (kind !== 'thread') return this.wait(error);
    const recovery = await this.layout.recover(post, error);
    return recovery === 'none'
      ? this.#waitAlone(batch, progress, error)
      : this.sendAgain(batch, progress, recovery);
  }

  /** The topic of its thread is mended once for each notice, so that none goes round in circles. */
  async sendAgain(
    batch: OutboundBatch,
    progress: OutboundProgress,
    recovery: Exclude<Recovery, 'none'>,
  ): Promise<Pause> {
    const isOutside = recovery === 'outside' || progress.isRecovered;
    await batch.complete(0, { ...progress, isRecovered: true, isOutside });
    return { pauseMs: 0 };
  }

  /** Only this key waits: other threads may have topics that take their notices. Then its own topic is tried first again. */
  async #waitAlone(
    batch: OutboundBatch,
    progress: OutboundProgress,
    error: BotApiError,
  ): Promise<Pause> {
    const failures = progress.failures ?? 0;
    if (failures === 0) {
      const reason = this.#places.describe(error);
      this.#places.error(
        `${reason}. The notices of ${batch.key} wait until this is fixed${hintFor(error)}`,
        reason,
      );
    }
    await batch.complete(0, { ...progress, isOutside: false, failures: failures + 1 });
    return { pauseMs: Backoff.delayAfter(failures), keyOnly: true };
  }

  /** Has all notices wait until Telegram takes them. */
  wait(error: BotApiError): Pause {
    if (error instanceof BotApiRateLimitError) {
      this.failures.waiting(error, `Telegram wants a pause of ${error.retryAfterMs} ms`);
      return { pauseMs: error.retryAfterMs };
    }
    const isOutage = classifySendError(error) === 'unavailable';
    this.failures.waiting(error, isOutage ? 'Notices wait' : 'Notices wait until this is fixed');
    return { pauseMs: this.#backoff.nextMs() };
  }

  /** Telegram has taken a notice. */
  recovered(): void {
    if (this.#backoff.reset()) this.#logger.log('Telegram accepts notices again');
    this.failures.recovered();
  }
}
