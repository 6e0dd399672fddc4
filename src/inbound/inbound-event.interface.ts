import type { DeliveryProgress } from '../events/delivery-progress.interface.js';
import type { StoredEvent } from '../events/stored-event.interface.js';

/** How far the delivery of an event has come: the progress of its job; plain JSON. */
export type InboundProgress = Partial<DeliveryProgress>;

/** What the inbound queue holds. */
export type InboundEvent = StoredEvent;
