import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/** The types of {@link ThreadEvent}. */
export const THREAD_EVENT_TYPES = [
  'closed',
  'reopened',
  'noted',
  'outside-hours',
  'overdue',
  'closing-soon',
  'revealed',
  'claimed',
  'released',
  'transferred',
] as const;

/**
 * What can happen in a thread beside replies.
 *
 * - `closed`: an agent has closed the thread: its topic in Telegram, or by the reaction 👌; or its customer has said nothing
 *   for `reminders.closeAfterMs`, and there is no agent.
 * - `reopened`: an agent has reopened the topic, or the customer has written to a closed thread.
 * - `noted`: an agent has written a note, which is for agents only.
 * - `claimed`: an agent has the thread from now on: they have answered it first, claimed it or taken it over.
 * - `released`: the agent who had the thread has given it back.
 * - `transferred`: the thread is at another desk from now on, where no agent has it yet.
 * - `outside-hours`: a customer writes while the desk is closed; once a day for each thread. `text` is what the customer is
 *   to read.
 * - `overdue`: a customer waits too long, and agents were reminded in vain.
 * - `closing-soon`: the customer says nothing, and the thread will be closed. `text` is what the customer is to read.
 * - `revealed`: an agent has wanted to see what is masked. It is stored before that is shown, also when
 *   Telegram then refuses to.
 *
 * @publicApi
 */
export type ThreadEventType = (typeof THREAD_EVENT_TYPES)[number];

/**
 * Something other than a reply that happened in a thread. What the app does itself, such as `closeThread()`,
 * brings no event,
 * except that a thread which it moves to another desk is `transferred` like one that an agent moves.
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
  /** Who did it; null when it was no person in the admin chat: the customer, by writing, the app, or another bot. */
  readonly agent: Agent | null;
  /** Of `transferred`: the name of the desk that the thread has left. */
  readonly formerDesk?: string;
  /**
   * Of `noted`: the note, without the `//` or `/note` that it begins with. Never empty: see {@link ThreadReply.text}. Of
   * `outside-hours` and `closing-soon`: the text of the options `hours.autoReply` and `reminders.closeNotice`, where they are set.
   */
  readonly text?: string;
  /** Of `outside-hours`: when the desk opens next; missing when it does not within ten years. */
  readonly opensAt?: Date;
  /** Of `closing-soon`: when the thread will be closed. */
  readonly closesAt?: Date;
  /** Of `overdue`: when the customer wrote the first message that nobody has answered. */
  readonly waitingSince?: Date;
  /** The message in Telegram: the note, what the reaction is on, or what is revealed. Missing when there is none. */
  readonly message?: MessageRef;
  /** When it happened, by Telegram's clock, which gives whole seconds. */
  readonly at: Date;
}
