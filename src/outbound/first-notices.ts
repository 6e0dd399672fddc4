import type { Job } from '../queue/job.interface.js';
import type { JobBatch } from '../queue/job-processor.interface.js';
import { toldJob } from './jobs/customer-action-job.interface.js';
import {
  attachmentsOf,
  isHistoryRequest,
  isNotice,
  type NoticeJob,
  type OutboundJob,
} from './jobs/outbound-job.interface.js';
import { NOTHING_SENT, type OutboundProgress } from './jobs/outbound-progress.interface.js';
import { isSameMessage } from '../threads/handled-replies.js';
import { answeredBy, isOfCode } from './posted-notice.js';

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
    const isAlone = standsAlone(payload);
    // What was said before comes with it, above all that is said here.
    const isFirst = isOfCode(payload, 'thread_arrived');
    if ((isAlone || isFirst) && notices.length > 0) break;
    if (notices[0] && !haveSameTarget(notices[0].payload, payload)) break;
    const isDeleted = 'messageId' in payload && deleted.has(payload.messageId);
    notices.push({ ...job, payload: isDeleted ? withoutText(job, payload) : payload });
    if (isAlone) break;
  }
  return notices;
}

/** A message in Telegram replies to one other. */
function haveSameTarget(one: NoticeJob, other: NoticeJob): boolean {
  const [target, wanted] = [answeredBy(one), answeredBy(other)];
  return target && wanted ? isSameMessage(target, wanted) : target === wanted;
}

/** Two reply to a message of their own choice, one waits for messages that are late, others have buttons of their own or are for one agent. */
function standsAlone(job: NoticeJob): boolean {
  const { failure, keyboard, privately } = job.type === 'agent.notified' ? job : {};
  if (failure ?? keyboard ?? privately) return true;
  return job.type === 'action.told' || isHistoryRequest(job) || isOfCode(job, 'thread_moved');
}

function noticeOf({
  payload,
  progress,
}: Job<OutboundJob, OutboundProgress>): NoticeJob | undefined {
  if (isNotice(payload)) return payload;
  switch (payload.type) {
    case 'message.edited':
    case 'message.deleted':
    case 'thread.rated':
      return progress?.told && toldJob(payload, progress.told);
    case 'failure.shown':
      return progress?.failureNote;
    default:
      return undefined;
  }
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
