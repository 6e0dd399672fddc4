import { Injectable } from '@nestjs/common';
import { NoticeRenderer } from '../../notices/notice-renderer.js';
import type { MessageState, NoticePart } from '../../notices/notice-templates.js';
import type { NoticeJob } from '../jobs/outbound-job.interface.js';
import { messageIdIn, type ShownJob, type ShownNotice } from './shown-notice.interface.js';

/** Decides how notices are to look after a customer has changed a message. */
@Injectable()
export class MessageReviser {
  constructor(private readonly renderer: NoticeRenderer) {}

  /**
   * The notices with the new text of a message, those that stay as they are being left out.
   *
   * @returns Undefined when the new text has more or fewer parts than the notices show.
   */
  edited(
    notices: readonly ShownNotice[],
    messageId: string,
    text: string,
  ): readonly ShownNotice[] | undefined {
    const shown = notices.flatMap(({ jobs }) => jobs.filter(isOf(messageId)));
    const [first] = shown;
    if (!first) return undefined;
    const payload = withState(first.payload, 'edited', text);
    const parts = this.renderer.parts(payload);
    const count = shown.reduce((sum, job) => sum + job.parts.length, 0);
    if (count !== parts.length) return undefined;
    return this.#revised(notices, messageId, (job) => {
      const revised = job.parts
        .map(({ part }) => parts[part - 1])
        .filter((part) => part !== undefined);
      return isSame(job.parts, revised)
        ? job
        : { ...job, payload: withState(job.payload, 'edited'), parts: revised };
    });
  }

  /** The notices with a message struck through, those that show that already being left out. */
  struck(notices: readonly ShownNotice[], messageId: string): readonly ShownNotice[] {
    return this.#revised(notices, messageId, (job) =>
      isDeleted(job) || job.parts.length === 0
        ? job
        : { ...job, payload: withState(job.payload, 'deleted') },
    );
  }

  /** The notices without a message; the header of a thread stays, and so does what was said before. A notice that shows nothing else has no jobs. */
  removed(notices: readonly ShownNotice[], messageId: string): readonly ShownNotice[] {
    return this.#revised(notices, messageId, (job) => {
      const hasHistory = (job.above ?? []).length > 0;
      if (hasHistory && job.parts.length === 0) return job;
      const header = job.parts.find(({ part }) => part === 1);
      const hasCard = job.payload.type === 'thread.opened' || hasHistory;
      if (!hasCard || !header) return undefined;
      const isDone = isDeleted(job) && header.text === '';
      const parts = [{ text: '', part: 1, parts: 1 }];
      return isDone
        ? job
        : { ...job, payload: withState(job.payload, 'deleted'), parts, lines: [] };
    });
  }

  #revised(
    notices: readonly ShownNotice[],
    messageId: string,
    revise: (job: ShownJob) => ShownJob | undefined,
  ): readonly ShownNotice[] {
    return notices.flatMap((notice) => {
      const jobs = notice.jobs.flatMap((job) => (isOf(messageId)(job) ? (revise(job) ?? []) : job));
      const isChanged =
        jobs.length < notice.jobs.length || jobs.some((job, index) => job !== notice.jobs[index]);
      return isChanged ? { ...notice, jobs } : [];
    });
  }
}

/** Whether a customer has deleted the message that is shown. */
export function isDeleted({ payload }: ShownJob): boolean {
  return 'body' in payload && payload.body.state === 'deleted';
}

function isOf(messageId: string): (job: ShownJob) => boolean {
  return ({ payload }) => messageIdIn(payload) === messageId;
}

function withState(job: NoticeJob, state: MessageState, text = ''): NoticeJob {
  if (!('body' in job)) return job;
  // A notice of an edit says already what it is.
  const isSaid = job.type === 'action.told' && state === 'edited';
  return { ...job, body: isSaid ? { text } : { text, state } };
}

function isSame(before: readonly NoticePart[], after: readonly NoticePart[]): boolean {
  return after.every(({ text }, index) => text === before[index]?.text);
}
