import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/**
 * What an agent has changed of their reactions to a message of a thread.
 *
 * @publicApi
 */
export interface ThreadReaction {
  /** The same when the event arrives again. */
  readonly id: string;
  readonly threadId: string;
  /** The name of the desk that has the thread; `default` for the one whose options stand at the top. */
  readonly desk: string;
  readonly agent: Agent;
  /** The message in Telegram: a notice, or a reply of an agent, which has {@link ThreadReply.message} as its name. */
  readonly message: MessageRef;
  /** The app's `messageId` of the message that the notice shows; missing when it shows several, or none. */
  readonly messageId?: string;
  /** The emoji that are new: as Telegram spells them, `custom:<id>` for a custom emoji, `paid` for a paid star. */
  readonly added: readonly string[];
  /** The emoji that are gone. */
  readonly removed: readonly string[];
  /** When it happened, by Telegram's clock, which gives whole seconds. */
  readonly at: Date;
}
