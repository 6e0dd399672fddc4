import type { DeliveryProgress } from '../events/delivery-progress.interface.js';
import type { StoredEvent } from '../events/stored-event.interface.js';

/** How far the delivery of an event has come: the progress of its job; plain JSON. */
export interface InboundProgress extends Partial<DeliveryProgress> {
  /** Whether a file of an album has waited for the caption of the album. */
  readonly hasWaited?: boolean;
}

/** What the inbound queue holds. */
export type InboundEvent = StoredEvent;
