import type { MessageRef } from '../../threads/message-ref.interface.js';

/** A customer reacts to a message of the app's, or to an agent's reply; plain JSON. */
export interface ReactionSetJob {
  readonly v: 1;
  readonly type: 'reaction.set';
  readonly threadId: string;
  /** The app's id of the message; undefined where a reply is named. */
  readonly messageId?: string | undefined;
  readonly reply?: MessageRef | undefined;
  /** Null when the customer has taken the reaction away. */
  readonly emoji: string | null;
}

/** A customer has read the replies of a thread; plain JSON. */
export interface ThreadReadJob {
  readonly v: 1;
  readonly type: 'thread.read';
  readonly threadId: string;
  /** The newest reply that the customer has read. */
  readonly reply?: MessageRef | undefined;
  /** When the customer has read, in milliseconds since the Unix epoch. */
  readonly atMs?: number | undefined;
}

/** What a reply shows: that the app has handled it, or that the customer has read it. */
export type ReplyReceipt = 'taken' | 'read';

/** How a customer reacts, as agents are to see it; plain JSON. */
export interface ShownReaction {
  /** Null for not any more. */
  readonly emoji: string | null;
  /** The name of the customer, or what else is known of them. */
  readonly customer?: string | undefined;
  /** Whether the message is an agent's reply, on which the bot has signs of its own. */
  readonly isOnReply?: boolean;
  /** What the reply shows again when the reaction is taken away. */
  readonly receipt?: ReplyReceipt | undefined;
}

/** What a customer lets agents see by a reaction. */
export type CustomerSignalJob = ReactionSetJob | ThreadReadJob;
