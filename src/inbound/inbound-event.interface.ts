import type { ReplyEvent, ReplyProgress } from '../replies/reply-event.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** A reply that the app has handled, which its agent is to see; plain JSON. */
export interface AcknowledgementEvent {
  readonly v: 1;
  readonly type: 'acknowledgement';
  readonly threadId: string;
  /** The agent's message. */
  readonly message: MessageRef;
}

/** How far the delivery of an event has come: the progress of its job; plain JSON. */
export interface InboundProgress extends Partial<ReplyProgress> {
  /** Of an acknowledgement: how often it has been tried. */
  readonly tries?: number;
}

/** What the inbound queue holds. */
export type InboundEvent = ReplyEvent | AcknowledgementEvent;
