import type { ReplyEvent, ReplyProgress } from '../events/reply-event.interface.js';

/** How far the delivery of an event has come: the progress of its job; plain JSON. */
export type InboundProgress = Partial<ReplyProgress>;

/** What the inbound queue holds. */
export type InboundEvent = ReplyEvent;
