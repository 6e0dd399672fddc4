import type { DeliveryProgress } from '../events/delivery-progress.interface.js';
import type { ReplyEvent } from '../events/reply-event.interface.js';
import type { StoredEvent } from '../events/stored-event.interface.js';

/** How far the delivery of an event has come: the progress of its job; plain JSON. */
export interface InboundProgress extends Partial<DeliveryProgress> {
  /** Of the first file of an album: how many files there were when it last began to wait for further ones. */
  readonly files?: number;
  /** Of the first file of an album that is whole: the others. */
  readonly album?: readonly ReplyEvent[];
  /** By the id of the message, the versions of the reply that the first of its handlers has got; see {@link ReplyVersion}. */
  readonly versions?: Readonly<Record<string, number>>;
}

/** What the inbound queue holds. */
export type InboundEvent = StoredEvent;
