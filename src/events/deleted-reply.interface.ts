import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/**
 * A reply that its agent has deleted, for customers not to see it any more.
 *
 * @publicApi
 */
export interface DeletedReply {
  readonly threadId: string;
  /** The name of the desk that has the thread; `default` for the one whose options stand at the top. */
  readonly desk: string;
  /** Who has deleted it: its author. */
  readonly agent: Agent;
  /**
   * The reply, named as {@link ThreadReply.message}. Of an album, the deleted file, named as
   * {@link IncomingAttachment.message}: the other files stay.
   */
  readonly message: MessageRef;
  /** The album that the deleted file belongs to, named as {@link ThreadReply.albumId}; missing for all else. */
  readonly albumId?: string;
  /** When the agent deleted it, by Telegram's clock, which gives whole seconds. */
  readonly at: Date;
}
