import type { MessageRef } from './message-ref.interface.js';
import type { TopicRef } from './topic-ref.interface.js';

/**
 * Where a thread stands: its customer waits for an answer, an agent has answered, or it is closed.
 *
 * @publicApi
 */
export type ThreadStatus = 'waiting' | 'answered' | 'closed';

/** The forum topic of a thread, and how it looks there at present. */
export interface ThreadTopic {
  readonly chatId: number;
  /** Telegram's `message_thread_id`. */
  readonly topicId: number;
  readonly name: string;
  /** The status that its icon shows; undefined while that is not known. */
  readonly shownStatus?: ThreadStatus | undefined;
  readonly isClosed: boolean;
  /** The name that the desk gave it last. A person may have given it another one since. */
  readonly givenName?: string | undefined;
  /** Whether Telegram does not find it any more. */
  readonly isGone?: boolean | undefined;
}

/** A move of a thread to another desk that is not over: the desk that it leaves still has to post what waits there. */
export interface ThreadMove {
  readonly id: string;
  /** The name of the desk that the thread leaves. */
  readonly from: string;
}

/** A move of a thread to another desk that begins when the one under way is over. */
export interface NextMove {
  readonly id: string;
  /** The name of the desk that gets the thread. */
  readonly to: string;
}

/** What a desk knows of a thread; plain JSON. */
export interface ThreadRecord {
  readonly threadId: string;
  /** The name of the desk that has the thread. */
  readonly desk: string;
  readonly status: ThreadStatus;
  /** When anybody wrote last, or the status changed, in milliseconds since the Unix epoch. */
  readonly lastActivityAtMs: number;
  readonly subject?: string | undefined;
  /** The name of the customer, or what else is known of them. */
  readonly customer?: string | undefined;
  /** Where the thread is found in the app. */
  readonly url?: string | undefined;
  /** The first notice of the thread. */
  readonly card?: MessageRef | undefined;
  readonly move?: ThreadMove | undefined;
  readonly nextMove?: NextMove | undefined;
  /** Undefined in the layout `replies`. */
  readonly topic?: ThreadTopic | undefined;
  /** The topics that it has left at other desks, or that others have replaced. */
  readonly formerTopics?: readonly TopicRef[] | undefined;
  /** The Telegram user id of the agent who has the thread. */
  readonly assigneeId?: number | undefined;
}

/** What every record has. */
type RequiredField = 'desk' | 'status' | 'lastActivityAtMs';

/** The fields to set. Fields that are left out, or undefined, stay as they are; null removes one. */
export type ThreadChanges = {
  readonly [K in Exclude<keyof ThreadRecord, 'threadId'>]?:
    ThreadRecord[K] | (K extends RequiredField ? never : null);
};
