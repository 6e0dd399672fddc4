import type { MessageRef } from '../../threads/message-ref.interface.js';
import type { Customer } from '../customer.js';
import type { MessageBody } from './message-job.interface.js';

/** A customer has changed the text of a message. */
export interface MessageEditedJob {
  readonly v: 1;
  readonly type: 'message.edited';
  readonly threadId: string;
  /** The app's id of the message. */
  readonly messageId: string;
  readonly text: string;
}

/** A customer has deleted a message. */
export interface MessageDeletedJob {
  readonly v: 1;
  readonly type: 'message.deleted';
  readonly threadId: string;
  /** The app's id of the message. */
  readonly messageId: string;
}

/** A customer has rated the conversation. */
export interface ThreadRatedJob {
  readonly v: 1;
  readonly type: 'thread.rated';
  readonly threadId: string;
  /** From 1 to 5. */
  readonly rating: number;
  /** The comment; empty without one. */
  readonly text: string;
}

/** What a customer has done with messages that may be posted already. */
export type CustomerActionJob = MessageEditedJob | MessageDeletedJob;

/** How an action of a customer is told in a notice of its own, because no other can show it; plain JSON. */
export interface CustomerActionTold {
  /** The message that the notice replies to. */
  readonly inReplyTo?: MessageRef | undefined;
  readonly customer?: Customer | undefined;
}

/** An action of a customer has a notice of its own. */
export interface CustomerActionToldJob extends CustomerActionTold {
  readonly v: 1;
  readonly type: 'action.told';
  readonly action: 'edited' | 'deleted' | 'reacted' | 'rated';
  readonly threadId: string;
  /** The app's id of the message that is edited or deleted. */
  readonly messageId?: string;
  /** The new text, or the comment of a rating; empty without one. */
  readonly body: MessageBody;
  /** The reaction. */
  readonly emoji?: string | undefined;
  /** The rating, from 1 to 5. */
  readonly rating?: number | undefined;
}

/** The notice that tells an action of a customer. */
export function toldJob(
  job: CustomerActionJob | ThreadRatedJob,
  told: CustomerActionTold,
): CustomerActionToldJob {
  if (job.type === 'thread.rated') {
    const { threadId, rating, text } = job;
    return {
      v: 1,
      type: 'action.told',
      action: 'rated',
      threadId,
      body: { text },
      rating,
      ...told,
    };
  }
  const { threadId, messageId } = job;
  const isEdited = job.type === 'message.edited';
  return {
    v: 1,
    type: 'action.told',
    action: isEdited ? 'edited' : 'deleted',
    threadId,
    messageId,
    body: { text: isEdited ? job.text : '' },
    ...told,
  };
}
