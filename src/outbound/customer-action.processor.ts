import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import type {
  CustomerActionJob,
  CustomerActionTold,
  MessageDeletedJob,
  MessageEditedJob,
} from './jobs/customer-action-job.interface.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import { isDeleted, MessageReviser } from './shown/message-reviser.js';
import { NoticeEditor, type EditOutcome } from './shown/notice-editor.js';
import { messageIdIn, type ShownNotice } from './shown/shown-notice.interface.js';
import { ShownNotices } from './shown/shown-notices.js';

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

const AGAIN: Pause = { pauseMs: 0 };

/** Has notices show what customers do with messages that are posted, in order with their other messages. */
@Injectable()
export class CustomerActionProcessor {
  constructor(
    private readonly shown: ShownNotices,
    private readonly reviser: MessageReviser,
    private readonly editor: NoticeEditor,
    private readonly threads: ThreadStateRepository,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * Changes one notice, then lets the other threads have their turn.
   *
   * @throws When the store has failed, which is tried again.
   */
  async process(batch: OutboundBatch, job: CustomerActionJob): Promise<Pause> {
    const { threadId, messageId } = job;
    if (job.type === 'message.deleted') {
      return this.#delete(batch, job, await this.shown.findAll(threadId, messageId));
    }
    return this.#edit(batch, job, await this.shown.find(threadId, messageId));
  }

  async #edit(
    batch: OutboundBatch,
    job: MessageEditedJob,
    notices: readonly ShownNotice[],
  ): Promise<Pause> {
    const shown = jobsOf(notices, job.messageId);
    const isRemoved = notices.length > 0 && notices.every(({ jobs }) => jobs.length === 0);
    if (isRemoved || shown.some((one) => isDeleted(one))) return this.#done(batch);
    const changed = this.reviser.edited(notices, job.messageId, job.text);
    if (!changed) return this.#tell(batch, job, notices);
    const [notice, ...others] = changed;
    if (!notice) return this.#done(batch);
    const outcome = await this.editor.edit(notice);
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'done') return others.length > 0 ? AGAIN : this.#done(batch);
    return this.#tell(batch, job, outcome === 'gone' ? [] : [notice]);
  }

  async #delete(
    batch: OutboundBatch,
    job: MessageDeletedJob,
    notices: readonly ShownNotice[],
  ): Promise<Pause> {
    const { threadId, messageId } = job;
    if (notices.length === 0) {
      const isKnown = (await this.threads.find(threadId)) !== null;
      return isKnown ? this.#tell(batch, job, notices) : this.#done(batch);
    }
    const isStrike = this.settings.deletes === 'strike';
    const hidden = this.reviser[isStrike ? 'struck' : 'removed'](notices, messageId);
    return this.#hide(batch, job, hidden, notices.at(-1), (notice) =>
      isStrike ? this.editor.edit(notice) : this.#remove(notice, notices, messageId),
    );
  }

  async #remove(
    notice: ShownNotice,
    before: readonly ShownNotice[],
    messageId: string,
  ): Promise<EditOutcome> {
    if (notice.jobs.length === 0) return this.editor.delete(notice);
    const { message, others } = notice;
    const former = before.find((one) => one.message.messageId === message.messageId);
    const ownsFiles = jobsOf(former ? [former] : [], messageId).some(({ hasFiles }) => hasFiles);
    // The first file stays, because the text of the others is its caption.
    if (!ownsFiles || others.length === 0) return this.editor.edit(notice);
    const outcome = await this.editor.deleteMessages(message.chatId, others);
    return outcome === 'done' ? this.editor.edit({ ...notice, others: [] }) : outcome;
  }

  /**
   * Hides a message in one of its notices. That Telegram refuses one is told when the others are done; until then it is
   * remembered, because the next call may have to wait for the rate limit, and must not begin with the refused one again.
   */
  async #hide(
    batch: OutboundBatch,
    job: MessageDeletedJob,
    hidden: readonly ShownNotice[],
    newest: ShownNotice | undefined,
    hide: (notice: ShownNotice) => Promise<EditOutcome>,
  ): Promise<Pause> {
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    const { unchanged = {} } = progress;
    const notice = hidden.find(({ message }) => !unchanged[message.messageId]);
    if (notice) {
      const outcome = await hide(notice);
      if (typeof outcome === 'object') return outcome;
      const { messageId } = notice.message;
      const left = outcome === 'done' ? unchanged : { ...unchanged, [messageId]: outcome };
      await batch.complete(0, { ...progress, unchanged: left });
      return AGAIN;
    }
    const isNewestGone = newest !== undefined && unchanged[newest.message.messageId] === 'gone';
    const refused = hidden.find(({ message }) => unchanged[message.messageId] === 'refused');
    if (refused) return this.#tell(batch, job, [refused]);
    return isNewestGone ? this.#tell(batch, job, []) : this.#done(batch);
  }

  /** Has a notice of its own say it, in the place of this job. */
  async #tell(
    batch: OutboundBatch,
    { threadId, messageId }: CustomerActionJob,
    notices: readonly ShownNotice[],
  ): Promise<Pause> {
    const progress = batch.jobs[0]?.progress ?? NOTHING_SENT;
    const told = {
      inReplyTo: notices[0]?.message,
      customer: await this.#customerOf(threadId, jobsOf(notices, messageId)),
    };
    await batch.complete(0, { ...progress, told });
    return AGAIN;
  }

  async #customerOf(
    threadId: string,
    [shown]: ReturnType<typeof jobsOf>,
  ): Promise<CustomerActionTold['customer']> {
    const customer = shown && 'customer' in shown.payload ? shown.payload.customer : undefined;
    if (customer) return customer;
    const name = (await this.threads.find(threadId))?.customer;
    // Another desk that has had the thread may have had other masks.
    return name === undefined ? undefined : { name: this.settings.masker.hide(name) };
  }

  async #done(batch: OutboundBatch): Promise<Pause> {
    await batch.complete(1);
    return AGAIN;
  }
}

function jobsOf(notices: readonly ShownNotice[], messageId: string) {
  return notices.flatMap(({ jobs }) =>
    jobs.filter(({ payload }) => messageIdIn(payload) === messageId),
  );
}
