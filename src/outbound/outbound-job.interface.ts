import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Customer } from './customer.js';

/** What a customer wrote. */
export interface MessageBody {
  readonly text: string;
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
  readonly inReplyTo: MessageRef;
  readonly code: AgentNoticeCode;
  /** Of `reply_failed`, the words of the error; of `not_a_reply`, a `NotAReplyReason`. */
  readonly reason?: string | undefined;
  readonly threadId?: string | undefined;
}

/** How far the desk has come with a job: its progress in the queue; plain JSON. */
export interface OutboundProgress {
  /** How many parts of its text are in Telegram. */
  readonly sentParts: number;
  /** Whether the next part may be in Telegram already: the answer to its call was lost. */
  readonly maybeSent: boolean;
  /** Whether to send it by itself: Telegram has refused a message that showed it with others. */
  readonly sendAlone: boolean;
}

/** What the outbound queue holds: what is to be posted in the admin chat. Plain JSON. */
export type OutboundJob = ThreadOpenedJob | MessageAddedJob | AgentNotifiedJob;

/** The progress of a job of which nothing has been sent. */
export const NOTHING_SENT: OutboundProgress = {
  sentParts: 0,
  maybeSent: false,
  sendAlone: false,
};
