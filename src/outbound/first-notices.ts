import type { Job } from '../queue/job.interface.js';
import type { JobBatch } from '../queue/job-processor.interface.js';
import { toldJob } from './customer-action-job.interface.js';
import {
  attachmentsOf,
  isNotice,
  NOTHING_SENT,
  type NoticeJob,
  type OutboundJob,
  type OutboundProgress,
} from './outbound-job.interface.js';
import { isOfCode } from './posted-notice.js';

/**
 * Those before the first job that is none. The line that says that their thread has moved stands by itself. What a customer
 * has deleted meanwhile is without its text.
 */
export function firstNotices({
  jobs,
}: JobBatch<OutboundJob, OutboundProgress>): Array<Job<NoticeJob, OutboundProgress>> {
  const notices: Array<Job<NoticeJob, OutboundProgress>> = [];
  const deleted = new Set(jobs.map(({ payload }) => deletedIn(payload)));
  for (const job of jobs) {
    const payload = noticeOf(job);
    if (!payload) break;
    const isTold = payload.type === 'action.told';
    // The one replies to a message of its own choice, the other waits for messages that are late.
    const isLine = isOfCode(payload, 'thread_moved');
    if ((isTold || isLine) && notices.length > 0) break;
    const isDeleted = 'messageId' in payload && deleted.has(payload.messageId);
    notices.push({ ...job, payload: isDeleted ? withoutText(job, payload) : payload });
    if (isTold || isLine) break;
  }
  return notices;
}

function noticeOf({
  payload,
  progress,
}: Job<OutboundJob, OutboundProgress>): NoticeJob | undefined {
  if (isNotice(payload)) return payload;
  const isAction = payload.type === 'message.edited' || payload.type === 'message.deleted';
  return isAction && progress?.told ? toldJob(payload, progress.told) : undefined;
}

function deletedIn(job: OutboundJob): string | undefined {
  return job.type === 'message.deleted' ? job.messageId : undefined;
}

/** One with files keeps it, so that they are sent and freed as ever, and so does one that is on its way. */
function withoutText(
  { progress = NOTHING_SENT }: Job<OutboundJob, OutboundProgress>,
  job: NoticeJob,
): NoticeJob {
  const { sentParts, maybeSent } = progress;
  const isMessage = job.type === 'thread.opened' || job.type === 'message.added';
  if (!isMessage || sentParts > 0 || maybeSent || attachmentsOf(job).length > 0) return job;
  return { ...job, body: { text: '', state: 'deleted' } };
}
