import type { StoredField } from '../context/stored-field.interface.js';
import type { Agent } from '../updates/agent.js';
import type { MessageRef } from './message-ref.interface.js';
import type { TopicRef } from './topic-ref.interface.js';

/**
 * Where a thread stands: its customer waits for an answer, an agent has answered, or it is closed.
 *
 * @publicApi
 */
export type ThreadStatus = 'waiting' | 'answered' | 'closed';

/** What the icon of a topic shows: the status of its thread, or that its customer waits too long. */
export type ShownStatus = ThreadStatus | 'overdue';

/** The forum topic of a thread, and how it looks there at present. */
export interface ThreadTopic {
  readonly chatId: number;
  /** Telegram's `message_thread_id`. */
  readonly topicId: number;
  readonly name: string;
  /** The status that its icon shows; undefined while that is not known. */
  readonly shownStatus?: ShownStatus | undefined;
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
  /** Who moves it; undefined for the app. */
  readonly agent?: Agent | undefined;
}

/** A move of a thread to another desk that begins when the one under way is over. */
export interface NextMove {
  readonly id: string;
  /** The name of the desk that gets the thread. */
  readonly to: string;
  /** Who moves it; undefined for the app. */
  readonly agent?: Agent | undefined;
}

/** How a customer has rated a conversation. */
export interface ShownRating {
  /** From 1 to 5. */
  readonly stars: number;
  /** The beginning of the comment, on one line. */
  readonly comment?: string | undefined;
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
  /** Their name in Telegram, as it was when they took it. */
  readonly assigneeName?: string | undefined;
  /** What the agent has taken it by: once the record has it, the same act changes nothing more. */
  readonly claimId?: string | undefined;
  /** When the customer wrote the first message that no agent has answered yet; undefined when none waits. */
  readonly waitingSinceMs?: number | undefined;
  /** When agents were reminded of that first; undefined when they were not. */
  readonly overdueSinceMs?: number | undefined;
  /** How long the customer has waited for the first reply, and for the newest one; only in hours where these are set. */
  readonly firstReplyMs?: number | undefined;
  readonly lastReplyMs?: number | undefined;
  /** The name and the address of the customer, as the app has said them. */
  readonly customerName?: string | undefined;
  readonly customerEmail?: string | undefined;
  /** What the app has said of the thread for its card. */
  readonly context?: readonly StoredField[] | undefined;
  /** How the customer has rated the conversation. */
  readonly rating?: ShownRating | undefined;
  /** A digest of what the card shows; undefined before it is changed first. */
  readonly cardDigest?: string | undefined;
}

/** What every record has. */
type RequiredField = 'desk' | 'status' | 'lastActivityAtMs';

/** The fields to set. Fields that are left out, or undefined, stay as they are; null removes one. */
export type ThreadChanges = {
  readonly [K in Exclude<keyof ThreadRecord, 'threadId'>]?:
    ThreadRecord[K] | (K extends RequiredField ? never : null);
};
