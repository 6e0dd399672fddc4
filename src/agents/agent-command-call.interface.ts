import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/**
 * A command that an agent has given in a thread, or the button of one that they have pressed.
 *
 * @publicApi
 */
export interface AgentCommandCall<Dto = undefined> {
  /** The same when the call arrives again, which it does when the process ends while the method runs. */
  readonly id: string;
  /** The name of the command, without the slash. */
  readonly name: string;
  readonly threadId: string;
  /** The name of the desk that has the thread; `default` for the one whose options stand at the top. */
  readonly desk: string;
  /** Who has given it. With a button it is the person, also where they write as an anonymous administrator. */
  readonly agent: Agent;
  /** The words behind the name; what stands in quotes is one word. Empty when a button was pressed. */
  readonly arguments: string[];
  /** All that stands behind the name, as the agent wrote it. */
  readonly text: string;
  /** The arguments as an instance of the `dto` of the decorator, which has been validated; undefined without one. */
  readonly dto: Dto;
  /** Whether it was a button. */
  readonly isButton: boolean;
  /** The agent's message, or the notice with the button. */
  readonly message: MessageRef;
  /** When it was given, by Telegram's clock; of a button, when it was received. */
  readonly at: Date;
}
