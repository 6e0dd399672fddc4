/** Something that the desk has given up on, until it is retried or discarded. */
export interface DeadLetter {
  /** What {@link DeadLetters.retry} and {@link DeadLetters.discard} take. */
  readonly id: string;
  /** `outbound`: a notice that Telegram did not take; `inbound`: a reply that the app did not take. */
  readonly direction: 'outbound' | 'inbound';
  /** Null of a note to an agent about a reply that belongs to no thread. */
  readonly threadId: string | null;
  /** What the customer or the agent wrote; empty of notes to agents. Not for logs. */
  readonly text: string;
  /** The message of the last error on one line, without secrets and shortened. */
  readonly reason: string;
  /** How often it was tried. */
  readonly attempts: number;
  readonly diedAt: Date;
}
