import type { Message } from '@grammyjs/types';
import { mayBePerformed } from '../bot/transport-failure.js';
import { BotApiError, BotApiRateLimitError, type ErrorDescriber } from '../errors/index.js';
import type { FailedJob, JobBatch, JobProcessor, Pause } from '../queue/job-processor.interface.js';
import type { Job } from '../queue/job.interface.js';
import { UnrecoverableError } from '../queue/unrecoverable.error.js';
import { SafeLogger } from '../common/safe-logger.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { LastNoticeRepository } from '../threads/last-notice.repository.js';
import type { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import type { ChatRateLimiter, SendPermit } from '../chat/chat-rate-limiter.js';
import { Backoff } from '../common/backoff.js';
import type { Notice, NoticeComposer } from '../notices/notice-composer.js';
import type { NoticeSender, OutgoingNotice } from './notice-sender.js';
import type { OutboundJob } from './outbound-job.interface.js';
import { hintFor, classifySendError } from './send-error.js';

/** What {@link OutboundProcessor} works with. */
export interface OutboundProcessorParts {
  readonly composer: NoticeComposer;
  readonly sender: NoticeSender;
  readonly budget: ChatRateLimiter;
  readonly mappings: ThreadMappingRepository;
  readonly lastNotices: LastNoticeRepository;
  readonly errors?: ErrorDescriber;
  /** Told of each notice that is given up. */
  readonly onDead: (item: Job<OutboundJob>, reason: string) => void;
}

/** Posts what waits in a lane, within the budget, and maps every message it has posted. */
export class OutboundProcessor implements JobProcessor<OutboundJob> {
  readonly #logger: SafeLogger;
  /** For what a store that is away answers to every notice. */
  readonly #storeLogger: ThrottledLogger;
  readonly #parts: OutboundProcessorParts;
  readonly #delay = new Backoff();
  /** The trouble that the log already tells of. */
  #reported: string | undefined;
  /** The words of the last refusal that nobody knows, of which it tells too. */
  #refusal: string | undefined;

  constructor(parts: OutboundProcessorParts) {
    this.#parts = parts;
    this.#logger = new SafeLogger(OutboundProcessor.name, parts.errors);
    this.#storeLogger = new ThrottledLogger(OutboundProcessor.name, parts.errors);
  }

  /** Posts one notice, then lets the other lanes have their turn, so that a long text delays nobody. */
  async process(batch: JobBatch<OutboundJob>): Promise<Pause> {
    try {
      return await this.#takeTurn(batch);
    } catch (error) {
      // A refusal is told when its item is given up; anything else is a defect that must be seen.
      if (error instanceof BotApiError) this.#reportRefusal(batch.key, error);
      else if (!(error instanceof UnrecoverableError)) {
        this.#logger.errorWithStack(`A notice of ${batch.key} failed`, error);
      }
      throw error;
    }
  }

  async #takeTurn(batch: JobBatch<OutboundJob>): Promise<Pause> {
    const items = batch.jobs.map(({ payload }) => payload);
    const notice = this.#parts.composer.next(items);
    // What is asked of the store is asked together: one that hangs keeps a turn waiting no longer than one question does.
    const [decision, chainTo] = await Promise.all([
      this.#parts.budget.acquire(),
      this.#chainTarget(notice),
    ]);
    if (!decision.granted) return { pauseMs: decision.waitMs };
    const [head] = items;
    const error = await this.#post(batch, { ...notice, chainTo }, decision.permit);
    if (error && head) return this.#afterFailure(batch, head, { error, isJoint: notice.isJoint });
    await advance(batch, items, notice);
    return { pauseMs: 0 };
  }

  onFailed({ job: item, error }: FailedJob<OutboundJob>): Promise<void> {
    const about = item.payload.threadId
      ? `thread ${item.payload.threadId}`
      : 'a reply of no thread';
    const reason = this.#logger.describe(error);
    this.#logger.error(`The notice ${item.id} of ${about} was given up: ${reason}`);
    this.#parts.onDead(item, reason);
    return Promise.resolve();
  }

  async #post(
    batch: JobBatch<OutboundJob>,
    notice: Notice & OutgoingNotice,
    permit: SendPermit,
  ): Promise<BotApiError | null> {
    let message: Message;
    try {
      await markMaybeSent(batch);
      message = await this.#parts.sender.send(notice);
    } catch (error) {
      await permit.release();
      if (error instanceof BotApiError) return error;
      throw error;
    }
    await Promise.all([permit.release(), this.#orWithout(() => this.#remember(notice, message))]);
    if (this.#delay.reset()) this.#logger.log('Telegram takes notices again');
    this.#reported = undefined;
    return null;
  }

  /** The agent's message that the notice is about, else the thread's newest notice, for a chain. */
  async #chainTarget({ about, threadId }: Notice): Promise<MessageRef | undefined> {
    if (about || !threadId) return about;
    const last = await this.#orWithout(() => this.#parts.lastNotices.find(threadId));
    return last ?? undefined;
  }

  async #remember({ about, threadId }: Notice, message: Message): Promise<void> {
    if (!threadId) return;
    const { mappings, lastNotices } = this.#parts;
    const ref = { chatId: message.chat.id, messageId: message.message_id };
    const stored = [this.#orWithout(() => mappings.store(ref, threadId))];
    if (!about) stored.push(this.#orWithout(() => lastNotices.store(threadId, ref)));
    if (message.chat.type === 'private') {
      const recent = { threadId, messageId: ref.messageId, date: message.date };
      stored.push(this.#orWithout(() => lastNotices.addRecent(recent)));
    }
    await Promise.all(stored);
  }

  /**
   * The message is posted, and its signed reference stands in for a mapping: nothing that fails from
   * here on may have it posted again.
   */
  async #orWithout<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#storeLogger.warn(this.#logger.describe(error));
      return undefined;
    }
  }

  async #afterFailure(
    batch: JobBatch<OutboundJob>,
    head: OutboundJob,
    { error, isJoint }: { readonly error: BotApiError; readonly isJoint: boolean },
  ): Promise<Pause> {
    const kind = classifySendError(error);
    const isRefused = kind === 'message' || kind === 'unknown';
    await batch.complete(0, {
      ...head,
      // One of several may be at fault; sent alone, the first shows whether it is the one.
      alone: head.alone || isRefused,
      maybeSent: head.maybeSent || mayBePerformed(error),
    });
    if (isRefused && isJoint) return { pauseMs: 0 };
    if (kind === 'message')
      throw new UnrecoverableError(this.#logger.describe(error), { cause: error });
    if (kind === 'unknown') throw error;
    if (error instanceof BotApiRateLimitError) {
      this.#report(error, `Telegram wants a pause of ${error.retryAfterMs} ms`);
      return { pauseMs: error.retryAfterMs };
    }
    this.#report(error, kind === 'chat' ? 'Notices wait until this is mended' : 'Notices wait');
    return { pauseMs: this.#delay.nextMs() };
  }

  /** One line for each cause, not for each attempt. */
  #report(error: BotApiError, consequence: string): void {
    const isNew = this.#reported !== error.description;
    this.#reported = error.description;
    if (isNew)
      this.#logger.error(`${this.#logger.describe(error)}. ${consequence}${hintFor(error)}`);
  }

  #reportRefusal(lane: string, error: BotApiError): void {
    if (this.#refusal === error.description) return;
    this.#refusal = error.description;
    const reason = this.#logger.describe(error);
    this.#logger.warn(`${reason}. The notice of ${lane} is tried again before it is given up`);
  }
}

/** Whoever goes on with the lane, when this process dies meanwhile, knows then that it may be in Telegram. */
async function markMaybeSent(batch: JobBatch<OutboundJob>): Promise<void> {
  const payload = batch.jobs[0]?.payload;
  if (payload && !payload.maybeSent) await batch.complete(0, { ...payload, maybeSent: true });
}

/** Takes off the lane what the notice has shown. */
async function advance(
  batch: JobBatch<OutboundJob>,
  items: readonly OutboundJob[],
  { items: done, parts: sentParts }: Notice,
): Promise<void> {
  const head = items[done];
  const isBegun = head !== undefined && sentParts > 0;
  await batch.complete(done, isBegun ? { ...head, sentParts, maybeSent: false } : undefined);
}
