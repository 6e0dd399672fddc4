import type { HistoryMessage } from '../history/history-message.interface.js';
import type { MaskedSpot } from '../privacy/mask-rule.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { ThreadMessageKind } from '../threads/thread-message.interface.js';

/**
 * A message of a thread in Telegram. What it says is not stored.
 *
 * @publicApi
 */
export interface ExportedMessage extends MessageRef {
  /** `notice`: the desk has posted it; an agent has written the others. */
  readonly kind: ThreadMessageKind;
  readonly at: string;
  /** The topic that it stands in. */
  readonly topicId?: number | undefined;
  /** Of a notice: the app's ids of the messages that it shows. */
  readonly messageIds?: readonly string[] | undefined;
}

/**
 * A text that the desk stores.
 *
 * @publicApi
 */
export interface ExportedText {
  /** Where it stands in Telegram; missing for what is not posted, or not handed over yet. */
  readonly message?: MessageRef | undefined;
  /** The name of the desk. */
  readonly desk: string;
  /** `outbound`: a customer's; `inbound`: an agent's. */
  readonly direction: 'outbound' | 'inbound';
  /** What it is of, such as `message.added` or `reply`. */
  readonly type: string;
  readonly text: string;
}

/**
 * A job of a thread that was given up.
 *
 * @publicApi
 */
export interface ExportedDeadLetter extends ExportedText {
  readonly reason: string;
  readonly diedAt: string;
}

/**
 * What the app could not process of an agent, and how that stands.
 *
 * @publicApi
 */
export interface ExportedFailure {
  /** The agent's message. */
  readonly message: MessageRef;
  /** The name of the desk. */
  readonly desk: string;
  /** What has failed: a reply, its edit or its deletion. */
  readonly code: 'reply_failed' | 'edit_failed' | 'deletion_failed';
  /** As agents read it. */
  readonly reason: string;
  readonly state: 'failed' | 'retried' | 'discarded' | 'expired' | 'handled' | 'outdated';
  readonly failedAt: string;
}

/**
 * A message of the app's own history.
 *
 * @publicApi
 */
export interface ExportedHistoryMessage extends Omit<HistoryMessage, 'sentAt'> {
  readonly sentAt: string;
}

/**
 * All that the desks know of a thread; plain JSON, with times as ISO 8601.
 *
 * @publicApi
 */
export interface ThreadExport {
  readonly threadId: string;
  readonly exportedAt: string;
  /** The fields of its record as they are stored, such as `status`, `subject`, `customer` and `topic`. Null without one. */
  readonly record: Readonly<Record<string, unknown>> | null;
  /** Its messages in Telegram, the newest 1,000, for as long as mappings are kept. */
  readonly messages: readonly ExportedMessage[];
  /** What notices of the last 48 hours show, and the newest form of replies that were edited. */
  readonly texts: readonly ExportedText[];
  /** What is not posted, or not handed over to the app, yet, replies that are held included: the first 100 jobs. */
  readonly waiting: readonly ExportedText[];
  readonly deadLetters: readonly ExportedDeadLetter[];
  /** What the app could not process in the last 31 days, also what was decided since. */
  readonly failures: readonly ExportedFailure[];
  /** What is masked in its messages, also in those that are not posted, for as long as it can be revealed. */
  readonly masked: readonly MaskedSpot[];
  /** The newest 1,000 messages of the app's `@LoadHistory()` method, masked; null when there is none. */
  readonly history: readonly ExportedHistoryMessage[] | null;
}
