import type { Message } from '@grammyjs/types';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/** An agent's reply on its way to the app's handlers; plain JSON. */
export interface ReplyEvent {
  readonly v: 1;
  readonly type: 'reply';
  readonly threadId: string;
  readonly agent: Agent;
  /** The agent's message. */
  readonly message: MessageRef;
  readonly text: string;
  readonly html: string;
  /** By Telegram's clock, in milliseconds since the Unix epoch. */
  readonly sentAtMs: number;
  /** By the clock of the process that stored it, in milliseconds since the Unix epoch. */
  readonly receivedAtMs: number;
  /** The message as Telegram sent it. */
  readonly raw: Message;
}

/** How often a handler has failed on a reply. */
export interface HandlerFailures {
  readonly times: number;
  /** What the last failure said, as it may be shown. */
  readonly reason: string;
}

/** How far the delivery of a reply to the app's handlers has come; plain JSON. */
export interface ReplyProgress {
  /** The handlers that have handled it, in whichever process; they are not called again. */
  readonly handledBy: readonly string[];
  /** The handlers that take no replies of this thread. */
  readonly declinedBy: readonly string[];
  /** By handler. Counted from the first attempt on; a dead letter that is retried starts anew. */
  readonly failures: Readonly<Record<string, HandlerFailures>>;
  /** How often a process has left it to others, which have the handlers that are missing. */
  readonly handedOn: number;
}
