import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Customer } from './customer.js';
import type { NotAReplyReason } from '../notices/notice-templates.js';

/** How far the desk has come with an item; kept with it in its lane. */
export interface OutboundProgress {
  /** How many parts of its text are in Telegram. */
  readonly sentParts: number;
  /** Whether the part that comes next may be in Telegram already: its answer was lost. */
  readonly maybeSent: boolean;
  /** Whether it is to be sent by itself: Telegram has refused a notice that showed it with others. */
  readonly alone: boolean;
}

/** The first notice of a thread. */
export interface NewThreadJob extends OutboundProgress {
  readonly kind: 'newThread';
  readonly threadId: string;
  readonly text: string;
  readonly subject?: string;
  readonly customer?: Customer;
  readonly url?: string;
}

/** A further message of a customer. */
export interface UserMessageJob extends OutboundProgress {
  readonly kind: 'userMessage';
  readonly threadId: string;
  readonly text: string;
  readonly customer?: Customer;
}

/** Something that an agent must know about a reply of theirs. */
export interface AgentNoticeJob extends OutboundProgress {
  readonly kind:
    | 'replyFailed'
    | 'replyUnroutable'
    | 'replyRefused'
    | 'replyWaits'
    | 'reactionsForbidden'
    | 'replyEdited'
    | 'replyUnsupported'
    | 'notAReply';
  /** The agent's message. */
  readonly about: MessageRef;
  readonly threadId?: string;
  readonly reason?: string;
  /** Of `notAReply`. */
  readonly notAReplyReason?: NotAReplyReason;
}

/** What waits in the outbox; plain JSON. */
export type OutboundJob = NewThreadJob | UserMessageJob | AgentNoticeJob;

/** The progress of an item of which nothing has been sent. */
export const NOTHING_SENT: OutboundProgress = { sentParts: 0, maybeSent: false, alone: false };
