import { Injectable } from '@nestjs/common';
import { ChatRateLimiter } from '../../chat/chat-rate-limiter.js';
import { TopicAvailability } from '../../chat/topic-availability.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { BotApiError, BotApiRateLimitError, ErrorDescriber } from '../../errors/index.js';
import type { JobBatch, Pause } from '../../queue/job-processor.interface.js';
import { LeaseLostError } from '../../queue/lease-lost.error.js';
import type { ShownStatus } from '../../threads/thread-record.interface.js';
import { topicErrorOf } from '../../threads/topic-error.js';
import type { OutboundJob } from '../jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from '../jobs/outbound-progress.interface.js';
import { classifySendError } from '../send-error.js';
import { TopicEditor } from './topic-editor.js';
import { TopicPlanner } from './topic-planner.js';

/** The share of the rate limit that is kept free for messages. */
const RESERVED_SHARE = 0.25;

/** The waits after failures that may end by themselves. */
const RETRY_MS: readonly number[] = [5_000, 30_000, 60_000];

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/**
 * Has the topic of a thread show how the thread stands. All that has changed meanwhile is done at once; what has changed
 * back is not done. Only the topic waits for that, never the messages, and it never becomes a dead letter.
 */
@Injectable()
export class TopicSyncProcessor {
  readonly #logger: ThrottledLogger;
  readonly #reserve: number;

  constructor(
    private readonly planner: TopicPlanner,
    private readonly editor: TopicEditor,
    private readonly availability: TopicAvailability,
    private readonly rateLimiter: ChatRateLimiter,
    { rateLimit }: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(TopicSyncProcessor.name, errors);
    this.#reserve = Math.floor(rateLimit.messages * RESERVED_SHARE);
  }

  async process(batch: OutboundBatch, threadId: string): Promise<Pause> {
    const pause = await this.#attempt(batch, threadId);
    if (pause) return pause;
    // All jobs of the key ask for the same.
    await batch.complete(batch.jobs.length);
    return { pauseMs: 0 };
  }

  async #attempt(batch: OutboundBatch, threadId: string): Promise<Pause | undefined> {
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    try {
      return await this.#sync(batch, threadId, progress);
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      return this.#afterFailure(batch, progress, error);
    }
  }

  async #sync(
    batch: OutboundBatch,
    threadId: string,
    progress: OutboundProgress,
  ): Promise<Pause | undefined> {
    const plan = await this.planner.plan(threadId);
    if (!plan) return undefined;
    const waitMs = plan.delayMs - (progress.waitedMs ?? 0);
    if (waitMs > 0) {
      await batch.complete(0, { ...progress, waitedMs: plan.delayMs });
      return { pauseMs: waitMs, keyOnly: true };
    }
    const cost = this.editor.costOf(plan);
    const decision = await this.rateLimiter.acquire(cost, this.#reserve);
    if (!decision.granted) return { pauseMs: decision.waitMs, keyOnly: true };
    try {
      await this.editor.carryOut(plan);
    } finally {
      await decision.permit.release();
    }
    return this.#catchUp(batch, threadId, plan.status);
  }

  /** What changed meanwhile was compared with how the topic looked before, so it may have enqueued nothing. */
  async #catchUp(
    batch: OutboundBatch,
    threadId: string,
    shown: ShownStatus,
  ): Promise<Pause | undefined> {
    const missed = await this.planner.plan(threadId);
    if (!missed || missed.status === shown) return undefined;
    await batch.complete(0, { ...NOTHING_SENT, waitedMs: missed.delayMs });
    return { pauseMs: missed.delayMs, keyOnly: true };
  }

  async #afterFailure(
    batch: OutboundBatch,
    progress: OutboundProgress,
    error: unknown,
  ): Promise<Pause | undefined> {
    if (error instanceof BotApiRateLimitError)
      return { pauseMs: error.retryAfterMs, keyOnly: true };
    if (error instanceof BotApiError && classifySendError(error) !== 'unavailable') {
      this.#giveUp(error);
      return undefined;
    }
    const failures = progress.failures ?? 0;
    this.#logger.debug(`A topic is changed later: ${this.#logger.describe(error)}`);
    await batch.complete(0, { ...progress, failures: failures + 1 });
    return { pauseMs: RETRY_MS[failures] ?? RETRY_MS.at(-1) ?? 0, keyOnly: true };
  }

  /** The next change of the thread tries again. */
  #giveUp(error: BotApiError): void {
    const kind = topicErrorOf(error);
    if (kind === 'no_topics') this.availability.learn({ isForum: false });
    else if (kind === 'no_right') this.availability.learn({ mayManage: false });
    else {
      const reason = this.#logger.describe(error);
      this.#logger.warn(`A topic does not show how its thread stands: ${reason}`);
    }
  }
}
