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
  /** Opens the topic of the thread in Telegram; null without one, and in private chats, whose topics have no link. */
  readonly topicUrl: string | null;
  /** When anybody wrote last, or the status changed. */
  readonly lastActivityAt: Date;
}
