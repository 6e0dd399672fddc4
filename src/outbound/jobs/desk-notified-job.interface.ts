import type { CardView } from '../../notices/card-view.interface.js';
import type { ThreadRecord } from '../../threads/thread-record.interface.js';

/**
 * What all agents of a desk are notified of.
 *
 * - `topics_unavailable`: threads are shown as replies, though the desk is to show them as topics; `reason` is a
 *   {@link TopicObstacle}.
 * - `thread_closed`, `thread_reopened`: the app has changed a thread that has no topic which would show it.
 * - `told`: the `answer` says it.
 * - `thread_moved`: the thread is at another `desk` from now on.
 * - `thread_arrived`: the thread has come from another `desk`.
 */
export type DeskNoticeCode =
  | 'topics_unavailable'
  | 'thread_closed'
  | 'thread_reopened'
  | 'told'
  | 'thread_moved'
  | 'thread_arrived';

/** Why a chat shows no thread as a topic: it has no topics, or the bot lacks the right to manage them. */
export type TopicObstacle = 'no_topics' | 'no_right';

/** All agents have to know something about the desk. */
export interface DeskNotifiedJob {
  readonly v: 1;
  readonly type: 'desk.notified';
  readonly code: DeskNoticeCode;
  readonly reason?: TopicObstacle | undefined;
  readonly threadId?: string | undefined;
  /** Of `told`, as markup. */
  readonly answer?: string | undefined;
  /** The other desk, of a thread that is moved. */
  readonly desk?: string | undefined;
  /** The move of which `thread_moved` or `thread_arrived` tells. */
  readonly moveId?: string | undefined;
  /** Of `thread_arrived`: the record of the thread when it is posted. Not stored. */
  readonly thread?: Pick<ThreadRecord, 'subject' | 'customer' | 'url'> | undefined;
  /** Of `thread_arrived`: how the thread stands when it is shown. Not stored. */
  readonly card?: CardView | undefined;
}
