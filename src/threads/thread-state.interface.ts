import type { ThreadStatus } from './thread-record.interface.js';

/**
 * What the desk knows of a thread.
 *
 * @publicApi
 */
export interface ThreadState {
  readonly threadId: string;
  /** The name of the desk that has the thread. */
  readonly desk: string;
  readonly status: ThreadStatus;
  /** The Telegram user id of the agent who has the thread; null when nobody has it. */
  readonly assigneeId: number | null;
  /** Their name in Telegram, as it was when they took it; null when nobody has it, or the app has named none. */
  readonly assigneeName: string | null;
  /** Opens the topic of the thread in Telegram; null without one, and in private chats, whose topics have no link. */
  readonly topicUrl: string | null;
  /**
   * How long the customer has waited for the first reply, in milliseconds; null when there was none. Where the option `hours`
   * is set, only the time in which the desk was open counts.
   */
  readonly firstReplyMs: number | null;
  /** The same for the newest reply that a customer has waited for. */
  readonly lastReplyMs: number | null;
  /** When anybody wrote last, or the status changed. */
  readonly lastActivityAt: Date;
}
