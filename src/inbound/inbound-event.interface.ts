import type { CommandResult } from '../agents/command-runner.js';
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
  /** Whether a reply waits because another agent has the thread. */
  readonly isHeld?: boolean;
  /** What became of a command that has been carried out. */
  readonly command?: CommandResult;
}

/** What the inbound queue holds. */
export type InboundEvent = StoredEvent;
