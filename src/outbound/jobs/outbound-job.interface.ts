import type { StoredAttachment } from '../../files/stored-attachment.interface.js';
import type { AgentNotifiedJob } from './agent-notified-job.interface.js';
import type { CardEditedJob, CardSyncedJob } from './card-job.interface.js';
import type {
  CustomerActionJob,
  CustomerActionToldJob,
  ThreadRatedJob,
} from './customer-action-job.interface.js';
import type { CustomerSignalJob } from './customer-signal-job.interface.js';
import type { DeskNotifiedJob } from './desk-notified-job.interface.js';
import type { FailureShownJob } from './failure-shown-job.interface.js';
import type { HoldEndedJob } from './hold-ended-job.interface.js';
import type { MessageAddedJob, ThreadOpenedJob } from './message-job.interface.js';
import type { MoveRequestedJob } from './move-requested-job.interface.js';
import type { ThreadChangeJob } from './thread-change-job.interface.js';
import type { TopicSyncedJob } from './topic-synced-job.interface.js';

/** What is posted in the admin chat as a message. */
export type NoticeJob =
  ThreadOpenedJob | MessageAddedJob | AgentNotifiedJob | DeskNotifiedJob | CustomerActionToldJob;

/** What the outbound queue holds: what is to be done in the admin chat. Plain JSON. */
export type OutboundJob =
  | NoticeJob
  | ThreadChangeJob
  | TopicSyncedJob
  | CardSyncedJob
  | CardEditedJob
  | CustomerActionJob
  | CustomerSignalJob
  | ThreadRatedJob
  | MoveRequestedJob
  | FailureShownJob
  | HoldEndedJob;

/** Whether a job is posted as a message. */
export function isNotice(job: OutboundJob): job is NoticeJob {
  return job.type === 'agent.notified' || job.type === 'desk.notified' || 'body' in job;
}

/** A request of an agent for the history of a thread. */
export interface HistoryRequestJob extends AgentNotifiedJob {
  readonly threadId: string;
  readonly limit: number;
}

/** Whether a job shows an agent the history of a thread. */
export function isHistoryRequest(job: OutboundJob): job is HistoryRequestJob {
  return (
    job.type === 'agent.notified' &&
    job.code === 'history' &&
    job.threadId !== undefined &&
    job.limit !== undefined
  );
}

/** The files of a job. */
export function attachmentsOf(job: OutboundJob): readonly StoredAttachment[] {
  return 'body' in job ? (job.body.attachments ?? []) : [];
}
