import type { MessageRef } from '../threads/message-ref.interface.js';

/** What the app has done with a reply, which its agent is to see; plain JSON. */
export interface AcknowledgementJob {
  readonly v: 1;
  readonly threadId: string;
  /** The agent's message. */
  readonly message: MessageRef;
  /** Whether the app has deleted the reply, and not handled it. */
  readonly isDeleted?: boolean;
}

/** How often an acknowledgement has been tried: the progress of its job; plain JSON. */
export interface AcknowledgementProgress {
  readonly tries: number;
}
