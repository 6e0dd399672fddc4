import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/** The types of {@link ThreadEvent}. */
export const THREAD_EVENT_TYPES = ['closed', 'reopened', 'noted'] as const;

/**
 * What can happen in a thread beside replies.
 *
 * - `closed`: an agent has closed the thread: its topic in Telegram, or by the reaction 👌.
 * - `reopened`: an agent has reopened the topic, or the customer has written to a closed thread.
 * - `noted`: an agent has written a note, which is for agents only.
 *
 * @publicApi
 */
export type ThreadEventType = (typeof THREAD_EVENT_TYPES)[number];

/**
 * Something other than a reply that happened in a thread. What the app does itself, such as `closeThread()`,
 * brings no event.
 *
 * @publicApi
 */
export interface ThreadEvent {
  /** The same when the event arrives again. */
  readonly id: string;
  readonly type: ThreadEventType;
  readonly threadId: string;
  /** The name of the desk that has the thread; `default` for the one whose options stand at the top. */
  readonly desk: string;
  /** Who did it; null when it was no person in the admin chat: the customer, by writing, or another bot. */
  readonly agent: Agent | null;
  /** Of `noted`: the note, without the `//` or `/note` that it begins with. Never empty: see {@link ThreadReply.text}. */
  readonly text?: string;
  /** The message in Telegram: the note, or what the reaction is on. Missing when there is none. */
  readonly message?: MessageRef;
  /** When it happened, by Telegram's clock, which gives whole seconds. */
  readonly at: Date;
}
