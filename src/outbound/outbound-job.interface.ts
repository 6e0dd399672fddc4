import type { StoredAttachment } from '../files/stored-attachment.interface.js';
import type { MessageState } from '../notices/notice-templates.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { ThreadRecord } from '../threads/thread-record.interface.js';
import type { Customer } from './customer.js';
import type {
  CustomerActionJob,
  CustomerActionTold,
  CustomerActionToldJob,
} from './customer-action-job.interface.js';
import type { CustomerSignalJob } from './customer-signal-job.interface.js';
import type { FileProgress } from './file-progress.interface.js';

/** What a customer wrote. */
export interface MessageBody {
  /** Empty when the message consists of files only. */
  readonly text: string;
  readonly attachments?: readonly StoredAttachment[] | undefined;
  /** What the customer has done with it since. */
  readonly state?: MessageState | undefined;
}

/** A customer has opened a thread. */
export interface ThreadOpenedJob {
  readonly v: 1;
  readonly type: 'thread.opened';
  readonly threadId: string;
  /** The app's id of the message; missing in what a version before this one has stored. */
  readonly messageId?: string;
  readonly body: MessageBody;
  readonly subject?: string | undefined;
  readonly customer?: Customer | undefined;
  readonly url?: string | undefined;
}

/** A customer has added a message to a thread. */
export interface MessageAddedJob {
  readonly v: 1;
  readonly type: 'message.added';
  readonly threadId: string;
  /** The app's id of the message; missing in what a version before this one has stored. */
  readonly messageId?: string;
  readonly body: MessageBody;
  readonly customer?: Customer | undefined;
}

/**
 * What an agent is notified of.
 *
 * - `reply_failed`: the app's handlers could not process the reply.
 * - `reply_waiting`: no running process handles replies.
 * - `reply_edited`: the app has the reply as it was before the edit.
 * - `edit_failed`: the app's handlers could not process the edit of a reply.
 * - `reply_deleted`: the app has deleted the reply.
 * - `not_deleted`: a reply was not deleted; `reason` says why.
 * - `deletion_failed`: the app's handlers could not process the deletion of a reply.
 * - `unroutable`: the reply answers a message that belongs to no thread.
 * - `unsupported`: the reply is of a kind that cannot be handed over.
 * - `not_allowed`: only registered agents may answer.
 * - `not_a_reply`: the message reached no customer; `reason` says why.
 * - `reactions_forbidden`: the chat allows no reaction that could acknowledge replies.
 */
export type AgentNoticeCode =
  | 'reply_failed'
  | 'reply_waiting'
  | 'reply_edited'
  | 'edit_failed'
  | 'reply_deleted'
  | 'not_deleted'
  | 'deletion_failed'
  | 'unroutable'
  | 'unsupported'
  | 'not_allowed'
  | 'not_a_reply'
  | 'reactions_forbidden';

/** A notice to an agent about one of their messages. */
export interface AgentNotifiedJob {
  readonly v: 1;
  readonly type: 'agent.notified';
  /** The agent's message. */
  readonly inReplyTo: PlacedMessage;
  readonly code: AgentNoticeCode;
  /**
   * Of what has failed, the words of the error; of `not_a_reply`, a `NotAReplyReason`; of `not_deleted`, a
   * `NotDeletedReason`.
   */
  readonly reason?: string | undefined;
  readonly threadId?: string | undefined;
}

/**
 * What all agents of a desk are notified of.
 *
 * - `topics_unavailable`: threads are shown as replies, though the desk is to show them as topics; `reason` is a
 *   {@link TopicObstacle}.
 * - `thread_closed`, `thread_reopened`: the app has changed a thread that has no topic which would show it.
 * - `thread_moved`: the thread is at another `desk` from now on.
 * - `thread_arrived`: the thread has come from another `desk`.
 */
export type DeskNoticeCode =
  'topics_unavailable' | 'thread_closed' | 'thread_reopened' | 'thread_moved' | 'thread_arrived';

/** Why a chat shows no thread as a topic: it has no topics, or the bot lacks the right to manage them. */
export type TopicObstacle = 'no_topics' | 'no_right';

/** All agents have to know something about the desk. */
export interface DeskNotifiedJob {
  readonly v: 1;
  readonly type: 'desk.notified';
  readonly code: DeskNoticeCode;
  readonly reason?: TopicObstacle | undefined;
  readonly threadId?: string | undefined;
  /** The other desk, of a thread that is moved. */
  readonly desk?: string | undefined;
  /** Of `thread_arrived`: the record of the thread when it is posted. Not stored. */
  readonly thread?: Pick<ThreadRecord, 'subject' | 'customer' | 'url'> | undefined;
}

/** The app has closed a thread, opened it again, or wants nothing to be left of it. */
export interface ThreadLifeJob {
  readonly v: 1;
  readonly type: 'thread.closed' | 'thread.reopened' | 'thread.purged';
  readonly threadId: string;
}

/** The app has changed what it says of a thread. */
export interface ThreadUpdatedJob {
  readonly v: 1;
  readonly type: 'thread.updated';
  readonly threadId: string;
  readonly subject?: string | undefined;
  readonly customer?: Customer | undefined;
  readonly url?: string | undefined;
}

/** A thread is to be changed, in order with its messages. */
export type ThreadChangeJob = ThreadLifeJob | ThreadUpdatedJob;

/** The topic of a thread has to show how the thread stands now. */
export interface TopicSyncedJob {
  readonly v: 1;
  readonly type: 'topic.synced';
  readonly threadId: string;
}

/** A thread is to go on to another desk, when the move that is under way is over. */
export interface MoveRequestedJob {
  readonly v: 1;
  readonly type: 'move.requested';
  readonly threadId: string;
  /** Of the `nextMove` of its record. */
  readonly moveId: string;
}

/** How far the desk has come with a job: its progress in the queue; plain JSON. */
export interface OutboundProgress {
  /** How many parts of its text are in Telegram. */
  readonly sentParts: number;
  /** Whether the next part may be in Telegram already: the answer to its call was lost. */
  readonly maybeSent: boolean;
  /** Whether to send it by itself: Telegram has refused a message that showed it with others. */
  readonly sendAlone: boolean;
  /** The name of the topic that it needs and that may be created already: the call was made. */
  readonly topicName?: string | undefined;
  /** How often that topic was looked for in vain. */
  readonly topicLooks?: number | undefined;
  /** Whether the topic of its thread has been mended for it. */
  readonly isRecovered?: boolean | undefined;
  /** Whether it cannot be posted in the topic of its thread. */
  readonly isOutside?: boolean | undefined;
  /** How long it has waited for further changes of a topic, for another desk or for late messages, in milliseconds. */
  readonly waitedMs?: number | undefined;
  /** How far its files are; undefined while none has been sent. */
  readonly files?: FileProgress | undefined;
  /** How often its topic, or what stands in for it, has refused it, or changing the topic has failed. */
  readonly failures?: number | undefined;
  /** How an action of a customer is told that the notices cannot show; undefined while they may. */
  readonly told?: CustomerActionTold | undefined;
}

/** What is posted in the admin chat as a message. */
export type NoticeJob =
  ThreadOpenedJob | MessageAddedJob | AgentNotifiedJob | DeskNotifiedJob | CustomerActionToldJob;

/** What the outbound queue holds: what is to be done in the admin chat. Plain JSON. */
export type OutboundJob =
  | NoticeJob
  | ThreadChangeJob
  | TopicSyncedJob
  | CustomerActionJob
  | CustomerSignalJob
  | MoveRequestedJob;

/** Whether a job is posted as a message. */
export function isNotice(job: OutboundJob): job is NoticeJob {
  return job.type === 'agent.notified' || job.type === 'desk.notified' || 'body' in job;
}

/** The files of a job. */
export function attachmentsOf(job: OutboundJob): readonly StoredAttachment[] {
  return 'body' in job ? (job.body.attachments ?? []) : [];
}

/** The progress of a job of which nothing has been sent. */
export const NOTHING_SENT: OutboundProgress = {
  sentParts: 0,
  maybeSent: false,
  sendAlone: false,
};
