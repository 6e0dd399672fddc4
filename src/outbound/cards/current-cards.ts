import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { isSameMessage } from '../../threads/handled-replies.js';
import type { ThreadRecord } from '../../threads/thread-record.interface.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { CardKeyboard } from '../card-keyboard.js';
import type { ShownNotice } from '../shown/shown-notice.interface.js';
import { isCardJob, shorterViews, viewOf, withRecord } from './card-job.js';
import { settleView } from './settle-view.js';

/** How a notice is to look. */
export interface CurrentLook {
  /** The notice, in fewer and fewer lines: the first that fits counts. Never empty. */
  readonly versions: readonly ShownNotice[];
  /** The record of the thread, of its card. */
  readonly record?: ThreadRecord | undefined;
}

/** Has cards that are changed show how their threads stand at present. */
@Injectable()
export class CurrentCards {
  constructor(
    private readonly threads: ThreadStateRepository,
    private readonly keyboard: CardKeyboard,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * A notice as it is to look: other notices than cards as they are. A card that is the thread's no more, because the
   * thread has another one, has neither buttons nor anything that would be wrong one day.
   *
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async look(notice: ShownNotice): Promise<CurrentLook> {
    const { threadId, message, others, jobs } = notice;
    // What an agent is told has buttons of its own.
    const isNote = jobs.some(({ payload }) => payload.type === 'agent.notified');
    const isCard = notice.keyboard !== undefined || jobs.some(({ payload }) => isCardJob(payload));
    if (isNote) return { versions: [notice] };
    const record = isCard ? await this.threads.find(threadId) : null;
    if (!record?.card) return { versions: [notice] };
    if (!isSameMessage(record.card, message)) {
      return { versions: [{ ...notice, keyboard: undefined }] };
    }
    const keyboard = others.length > 0 ? undefined : this.keyboard.of(threadId, record);
    const known = this.#masked(record);
    const versions = shorterViews(settleView(viewOf(record), this.settings)).map((card) => ({
      ...notice,
      keyboard,
      jobs: jobs.map((job) =>
        isCardJob(job.payload)
          ? { ...job, payload: { ...withRecord(job.payload, known), card } }
          : job,
      ),
    }));
    return { versions, record };
  }

  /** Another desk that has had the thread may have had other masks. */
  #masked(record: ThreadRecord): ThreadRecord {
    const { masker } = this.settings;
    const { subject, customer } = record;
    return {
      ...record,
      subject: subject === undefined ? undefined : masker.hide(subject),
      customer: customer === undefined ? undefined : masker.hide(customer),
    };
  }
}
