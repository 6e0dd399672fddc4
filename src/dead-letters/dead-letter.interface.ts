import type { Agent } from '../updates/agent.js';

/**
 * A notice or a reply that the desk has given up on, until it is retried or discarded.
 *
 * @publicApi
 */
export interface DeadLetter {
  /** For {@link DeadLetters.retry} and {@link DeadLetters.discard}. */
  readonly id: string;
  /** The name of the desk. */
  readonly desk: string;
  /** `outbound`: a notice that Telegram refused; `inbound`: a reply, or another event of a thread, that the app could not process. */
  readonly direction: 'outbound' | 'inbound';
  /** Null for a notice about a reply that belongs to no thread. */
  readonly threadId: string | null;
  /** What the customer or the agent wrote; empty for notices to agents. Not for logs. */
  readonly text: string;
  /** Of a reply, or another event of an agent, who it was; null for a notice, and where Telegram names nobody. */
  readonly agent: Agent | null;
  /** The message of the last error on one line, without secrets and shortened. */
  readonly reason: string;
  /** How often it was tried. */
  readonly attempts: number;
  readonly diedAt: Date;
}
