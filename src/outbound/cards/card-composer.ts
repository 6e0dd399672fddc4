import { Injectable } from '@nestjs/common';
import type { PreparedAttachment } from '../../files/prepared-attachment.interface.js';
import { NoticeComposer } from '../../notices/notice-composer.js';
import { fits } from '../../notices/notice-draft.js';
import { PART_LENGTH } from '../../notices/notice-renderer.js';
import type { Notice } from '../../notices/notice.interface.js';
import type { NoticeEntry } from '../notice-entry.interface.js';
import { isCardJob, shorterViews, type CardJob } from './card-job.js';

/** Composes notices, of which the first of a thread is its card. */
@Injectable()
export class CardComposer {
  constructor(private readonly composer: NoticeComposer) {}

  /**
   * Composes the next notice. What is shown of how the thread stands gives way where it would take room from messages,
   * so that no further message is needed for it.
   */
  compose(
    jobs: readonly NoticeEntry[],
    attachments: readonly PreparedAttachment[] | 'loading' | undefined,
  ): Notice {
    const view = jobs.map(({ payload }) => payload).find(isCardJob)?.card;
    const bare = this.composer.next(
      jobs.map((job) => withView(job, undefined)),
      attachments,
    );
    for (const shorter of view ? shorterViews(view) : []) {
      if (shorter === undefined) continue;
      const notice = this.composer.next(
        jobs.map((job) => withView(job, shorter)),
        attachments,
      );
      if (showsAsMuch(notice, bare) && fits(notice.content, PART_LENGTH)) return notice;
    }
    return bare;
  }
}

function withView(entry: NoticeEntry, card: CardJob['card']): NoticeEntry {
  const { payload } = entry;
  return isCardJob(payload) && payload.card ? { ...entry, payload: { ...payload, card } } : entry;
}

function showsAsMuch(notice: Notice, bare: Notice): boolean {
  return (
    notice.jobs === bare.jobs &&
    notice.files.length === bare.files.length &&
    JSON.stringify(notice.reach) === JSON.stringify(bare.reach)
  );
}
