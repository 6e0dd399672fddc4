import type { Job } from '../queue/job.interface.js';
import type { JobBatch } from '../queue/job-processor.interface.js';
import {
  isNotice,
  type NoticeJob,
  type OutboundJob,
  type OutboundProgress,
} from './outbound-job.interface.js';
import { isOfCode } from './posted-notice.js';

/** Those before the first job that is none; none behind the move of their thread, which may belong to another desk. */
export function firstNotices({
  jobs,
}: JobBatch<OutboundJob, OutboundProgress>): Array<Job<NoticeJob, OutboundProgress>> {
  const notices: Array<Job<NoticeJob, OutboundProgress>> = [];
  for (const job of jobs) {
    const { payload } = job;
    if (!isNotice(payload)) break;
    notices.push({ ...job, payload });
    if (isOfCode(payload, 'thread_moved')) break;
  }
  return notices;
}
