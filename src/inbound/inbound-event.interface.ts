import type { Message } from '@grammyjs/types';
import type { MessageRef } from '../threads/message-ref.interface.js';

/** How often a handler has failed on a reply, and what it said the last time. */
export interface FailedHandler {
  readonly times: number;
  readonly reason: string;
}

/** A reply that waits for the app; plain JSON. */
export interface ReplyEvent {
  readonly threadId: string;
  readonly message: Message;
  /** When it came in, in milliseconds since the Unix epoch; missing in what an older version has stored. */
  readonly receivedAtMs?: number;
  /** The handlers that have taken it, in whichever process; they are not called again. */
  readonly takenBy: readonly string[];
  /** The handlers that take no replies of this thread. */
  readonly declinedBy?: readonly string[];
  /** By handler. Counts from the first attempt on; a dead letter that is retried starts anew. */
  readonly failures?: Readonly<Record<string, FailedHandler>>;
  /** How often a process has handed it on to those that have the handlers that are missing. */
  readonly handedOn?: number | undefined;
}

/** A reply that the app has taken, which its agent is to see; plain JSON. */
export interface AcknowledgementEvent {
  readonly kind: 'acknowledgement';
  readonly threadId: string;
  /** The agent's message. */
  readonly about: MessageRef;
  /** How often it has been tried. */
  readonly tries: number;
}

/** What waits in the inbox. */
export type InboundEvent = ReplyEvent | AcknowledgementEvent;
