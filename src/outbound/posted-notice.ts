import { sanitizeLabel } from '../notices/sanitize-text.js';
import type { Notice } from '../notices/notice.interface.js';
import type { Job } from '../queue/job.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Post } from '../threads/thread-layout.js';
import type { Customer } from './customer.js';
import { NO_FILES_SENT } from './file-progress.interface.js';
import type { DeskNoticeCode, DeskNotifiedJob } from './jobs/desk-notified-job.interface.js';
import { attachmentsOf, type NoticeJob, type OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import type { ThreadDetails } from './thread.service.js';

/** What the app says of a thread. */
interface ThreadLabels {
  readonly subject?: string | undefined;
  readonly customer?: Customer | undefined;
  readonly url?: string | undefined;
}

/** Longer subjects and names are cut in the record of a thread. */
const LABEL_LENGTH = 256;

/** The jobs of which a notice shows something. */
export function shownJobs(
  notice: Notice,
  jobs: ReadonlyArray<Job<NoticeJob, OutboundProgress>>,
): readonly NoticeJob[] {
  const count = notice.jobs + (notice.reach ? 1 : 0);
  return jobs.slice(0, count).map(({ payload }) => payload);
}

/**
 * What the place of a notice depends on.
 *
 * @param progress That of the first job.
 */
export function postOf(
  { threadId, inReplyTo }: Notice,
  shown: readonly NoticeJob[],
  { sentParts, files, isOutside = false }: OutboundProgress,
): Post {
  const begun = sentParts > 0 ? shown.slice(1) : shown;
  const isCard = begun.some(
    (job) => job.type === 'thread.opened' || isOfCode(job, 'thread_arrived'),
  );
  const mayOpenTopic = isCard || shown.some((job) => 'body' in job);
  const isBegun = sentParts > 0 || files !== undefined;
  const answers = !isBegun && shown[0] ? answeredBy(shown[0]) : undefined;
  // An ephemeral message has the id 0, and nothing but another one replies to it.
  const replied = inReplyTo?.messageId === 0 ? undefined : inReplyTo;
  return { threadId, inReplyTo: replied, answers, isCard, mayOpenTopic, isOutside };
}

/** The agent's reply that a customer's message answers. */
export function answeredBy(job: NoticeJob): MessageRef | undefined {
  return 'replyTo' in job ? job.replyTo : undefined;
}

/** How far the first job that is left has come when a notice is posted; undefined when nothing of it is shown. */
export function progressAfter(
  { jobs: done, reach }: Notice,
  jobs: ReadonlyArray<Job<NoticeJob, OutboundProgress>>,
): OutboundProgress | undefined {
  const next = jobs[done];
  if (!reach || !next) return undefined;
  const { sentParts, sentFiles, toldFiles } = reach;
  const { sendAlone = false, files = NO_FILES_SENT, told } = next.progress ?? {};
  const hasFiles = attachmentsOf(next.payload).length > 0;
  const reached = hasFiles ? { files: { ...files, sentFiles, toldFiles } } : {};
  return { sentParts, maybeSent: false, sendAlone, told, ...reached };
}

/** Whether a job is a notice of that code to all agents of the desk. */
export function isOfCode(job: OutboundJob, code: DeskNoticeCode): job is DeskNotifiedJob {
  return job.type === 'desk.notified' && job.code === code;
}

/** What a customer's messages say of their thread; undefined when none of them is a customer's. */
export function detailsOf(shown: readonly NoticeJob[]): ThreadDetails | undefined {
  let details: ThreadDetails | undefined;
  for (const job of shown) {
    if (job.type === 'thread.opened') {
      const { context = job.context, waitingSinceMs } = job.card ?? {};
      details = { ...details, ...labelsOf(job), context, waitingSinceMs };
    } else if (job.type === 'message.added') {
      details = { ...customerOf(job.customer), ...details };
    }
  }
  return details;
}

/** What the app says of a thread, as its record has it. */
export function labelsOf({ subject, customer, url }: ThreadLabels): ThreadDetails {
  return { subject: label(subject), ...customerOf(customer), url };
}

/** The app's id of the message that is shown; undefined when several are. */
export function messageIdOf(shown: readonly NoticeJob[]): string | undefined {
  const [job, ...others] = shown;
  return job && 'messageId' in job && others.length === 0 ? job.messageId : undefined;
}

function customerOf(customer: Customer | undefined): ThreadDetails {
  return {
    customer: nameOf(customer),
    customerName: label(customer?.name),
    customerEmail: label(customer?.email),
  };
}

function nameOf(customer: Customer | undefined): string | undefined {
  return label(customer?.name) ?? label(customer?.email) ?? label(customer?.id);
}

function label(given: string | undefined): string | undefined {
  const cleaned = sanitizeLabel((given ?? '').slice(0, LABEL_LENGTH)).toWellFormed();
  return cleaned || undefined;
}
