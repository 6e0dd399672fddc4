import type { ShownReaction } from '../outbound/jobs/customer-signal-job.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** What the app has done with a reply, or its customer with a message, which agents are to see; plain JSON. */
export interface AcknowledgementJob {
  readonly v: 1;
  readonly threadId: string;
  /** The agent's message, or the notice of the customer's. */
  readonly message: MessageRef;
  /** Whether the app has deleted the reply, and not handled it. */
  readonly isDeleted?: boolean;
  /** Whether the customer has read the reply. */
  readonly isRead?: boolean;
  /** How the customer reacts; undefined when this is about something else. */
  readonly reaction?: ShownReaction;
}

/** How often an acknowledgement has been tried: the progress of its job; plain JSON. */
export interface AcknowledgementProgress {
  readonly tries: number;
}
