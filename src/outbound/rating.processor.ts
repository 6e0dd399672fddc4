import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { NoticeRenderer } from '../notices/notice-renderer.js';
import { sanitizeLabel } from '../notices/sanitize-text.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { ThreadCards } from '../threads/thread-cards.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import {
  toldJob,
  type CustomerActionToldJob,
  type ThreadRatedJob,
} from './jobs/customer-action-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import { NoticeEditor, type EditOutcome } from './shown/notice-editor.js';
import { SHOWN_RATING, type ShownNotice } from './shown/shown-notice.interface.js';
import { ShownNotices } from './shown/shown-notices.js';

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

/** How much of a comment is kept for the card, which shows less. */
const COMMENT_LENGTH = 512;

const AGAIN: Pause = { pauseMs: 0 };

/** Has agents see how a customer rates a conversation: by one notice, which shows the newest rating, and on the card. */
@Injectable()
export class RatingProcessor {
  readonly #logger: SafeLogger;

  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly shown: ShownNotices,
    private readonly renderer: NoticeRenderer,
    private readonly editor: NoticeEditor,
    private readonly cards: ThreadCards,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(RatingProcessor.name, errors);
  }

  /** @throws When the store has failed, which is tried again. */
  async process(batch: OutboundBatch, job: ThreadRatedJob): Promise<Pause> {
    const { threadId } = job;
    const isReplaced = batch.jobs.slice(1).some(({ payload }) => payload.type === job.type);
    if (isReplaced) return this.#done(batch);
    const record = await this.threads.find(threadId);
    if (!record) {
      this.#logger.debug(`A rating is dropped: thread ${threadId} is not known`);
      return this.#done(batch);
    }
    await this.#showOnCard(record, job);
    const { masker } = this.settings;
    // Another desk that has had the thread may have had other masks.
    const customer =
      record.customer === undefined ? undefined : { name: masker.hide(record.customer) };
    const notices = await this.shown.find(threadId, SHOWN_RATING);
    if (isShown(notices, job)) return this.#done(batch);
    const outcome = await this.#edit(notices, toldJob(job, { customer }));
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'done') return this.#done(batch);
    // A notice of its own says it, in the place of this job.
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    await batch.complete(0, { ...progress, told: { customer } });
    return AGAIN;
  }

  async #showOnCard(
    { threadId, card, rating: shown }: ThreadRecord,
    { rating: stars, text }: ThreadRatedJob,
  ): Promise<void> {
    const comment = sanitizeLabel(text.slice(0, COMMENT_LENGTH)) || undefined;
    if (shown?.stars === stars && shown.comment === comment) return;
    await this.threads.update(threadId, { rating: { stars, comment } });
    if (card) await this.cards.refresh(threadId);
  }

  /** Only a rating that has one notice before and afterwards is changed. */
  async #edit(
    [notice, ...others]: readonly ShownNotice[],
    job: CustomerActionToldJob,
  ): Promise<EditOutcome> {
    const [shown] = notice?.jobs ?? [];
    const parts = this.renderer.parts(job);
    if (!notice || !shown || others.length > 0 || parts.length > 1) return 'refused';
    const payload = { ...job, body: { text: '' } };
    return this.editor.edit({ ...notice, jobs: [{ ...shown, payload, parts }] });
  }

  async #done(batch: OutboundBatch): Promise<Pause> {
    await batch.complete(1);
    return AGAIN;
  }
}

/** Whether notices show a rating and its whole comment. */
function isShown(notices: readonly ShownNotice[], { rating, text }: ThreadRatedJob): boolean {
  const jobs = notices.flatMap((notice) => notice.jobs);
  const comment = jobs.flatMap(({ parts }) => parts.map((part) => part.text)).join('');
  return (
    jobs.length > 0 &&
    comment === text &&
    jobs.every(({ payload }) => payload.type === 'action.told' && payload.rating === rating)
  );
}
