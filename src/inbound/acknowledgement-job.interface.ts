import type { MessageRef } from '../threads/message-ref.interface.js';

/** A reply that the app has handled, which its agent is to see; plain JSON. */
export interface AcknowledgementJob {
  readonly v: 1;
  readonly threadId: string;
  /** The agent's message. */
  readonly message: MessageRef;
}

/** How often an acknowledgement has been tried: the progress of its job; plain JSON. */
export interface AcknowledgementProgress {
  readonly tries: number;
}
