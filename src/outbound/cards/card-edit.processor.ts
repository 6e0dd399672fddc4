import { Injectable } from '@nestjs/common';
import { AdminChat } from '../../chat/admin-chat.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { ErrorDescriber } from '../../errors/index.js';
import type { JobBatch, Pause } from '../../queue/job-processor.interface.js';
import { LeaseLostError } from '../../queue/lease-lost.error.js';
import type { ThreadRecord } from '../../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { CardKeyboard } from '../card-keyboard.js';
import { JobForwarder } from '../job-forwarder.js';
import type { CardEditedJob } from '../jobs/card-job.interface.js';
import type { OutboundJob } from '../jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../jobs/outbound-progress.interface.js';
import { ThreadSync } from '../thread-sync.js';
import { NoticeEditor, type EditOutcome } from '../shown/notice-editor.js';
import { ShownNotices } from '../shown/shown-notices.js';

type OutboundBatch = JobBatch<OutboundJob, OutboundProgress>;

const AGAIN: Pause = { pauseMs: 0 };

/** The wait after a failure of the store. */
const RETRY_MS = 5_000;

/**
 * Changes the card of a thread so that it shows how the thread stands. Messages of the thread go first, and what is left
 * of the rate limit stays free for those of others. It never becomes a dead letter.
 */
@Injectable()
export class CardEditProcessor {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly shown: ShownNotices,
    private readonly editor: NoticeEditor,
    private readonly keyboard: CardKeyboard,
    private readonly sync: ThreadSync,
    private readonly forwarder: JobForwarder,
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(CardEditProcessor.name, errors);
  }

  /** @throws When the store fails for long. */
  async process(batch: OutboundBatch, job: CardEditedJob): Promise<Pause> {
    const behind = batch.jobs.slice(1).map(({ payload }) => payload);
    if (behind.some(({ type }) => type !== 'card.edited')) return this.#putOff(batch, job);
    try {
      const outcome = await this.#edit(job);
      if (typeof outcome === 'object') return await this.#putOff(batch, job, outcome.pauseMs);
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      this.#logger.debug(`A card is changed later: ${this.#logger.describe(error)}`);
      return this.#putOff(batch, job, RETRY_MS);
    }
    await batch.complete(1);
    return AGAIN;
  }

  async #edit({ threadId, isForced = false }: CardEditedJob): Promise<EditOutcome> {
    const record = await this.threads.find(threadId);
    const card = record?.card;
    if (!card || record.move || !this.adminChat.mayHave(card)) return 'done';
    if ((await this.forwarder.nameOf(record.desk)) !== this.settings.desk) return 'done';
    const notice = await this.shown.at(card);
    const outcome = notice
      ? await this.editor.editCard(notice, isForced)
      : await this.#showKeyboard(record, isForced);
    if (outcome === 'gone')
      await this.threads.updateIf(threadId, { card }, { card: null, cardDigest: null });
    return outcome;
  }

  /** The text of a card whose words are not known any more stays as it is. */
  async #showKeyboard(record: ThreadRecord, isForced: boolean): Promise<EditOutcome> {
    const keyboard = this.keyboard.of(record.threadId, record);
    return this.editor.showKeyboard(record, keyboard, isForced);
  }

  async #putOff(
    batch: OutboundBatch,
    { threadId, isForced }: CardEditedJob,
    waitMs?: number,
  ): Promise<Pause> {
    await this.sync.syncCard(threadId, { isForced, waitMs });
    await batch.complete(1);
    return AGAIN;
  }
}
