import type { CardView } from '../../notices/card-view.interface.js';
import type { ThreadRecord } from '../../threads/thread-record.interface.js';
import type { DeskNotifiedJob } from '../jobs/desk-notified-job.interface.js';
import type { ThreadOpenedJob } from '../jobs/message-job.interface.js';
import type { NoticeJob } from '../jobs/outbound-job.interface.js';
import { isOfCode, labelsOf } from '../posted-notice.js';

/** A job whose notice is a card: it shows how the thread stands. */
export type CardJob = ThreadOpenedJob | DeskNotifiedJob;

/** Whether the notice of a job is a card. */
export function isCardJob(job: NoticeJob): job is CardJob {
  return job.type === 'thread.opened' || isOfCode(job, 'thread_arrived');
}

/** How a thread stands, as its record has it. */
export function viewOf(record: ThreadRecord): CardView {
  const { status, waitingSinceMs, assigneeId, assigneeName, context, rating } = record;
  return { status, waitingSinceMs, assigneeId, assigneeName, context, rating };
}

/** A job that shows what is known of its thread by now. What the app has said with it stays where nothing has changed. */
export function withRecord(job: CardJob, record: ThreadRecord): CardJob {
  const { subject, url, customer } = record;
  if (job.type === 'desk.notified') return { ...job, thread: { subject, url, customer } };
  const given = labelsOf(job);
  return {
    ...job,
    subject: subject === undefined || subject === given.subject ? job.subject : subject,
    customer:
      customer === undefined || customer === given.customer ? job.customer : { name: customer },
    url: url ?? job.url,
  };
}

/**
 * The same in fewer and fewer lines, for notices with little room: with less of the context, then without it, then
 * nothing but what the notice showed always.
 */
export function shorterViews(view: CardView): Array<CardView | undefined> {
  const views: Array<CardView | undefined> = [view];
  for (let count = view.context?.length ?? 0; count > 0; count = Math.floor(count / 2)) {
    views.push({ ...view, context: view.context?.slice(0, Math.floor(count / 2)) });
  }
  return [...views, undefined];
}
