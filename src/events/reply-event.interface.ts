import type { Message } from '@grammyjs/types';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';
import type { ReplyTarget } from './thread-reply.interface.js';

/** What an agent's reply looks like to the app; plain JSON. */
export interface ReplyContent {
  readonly text: string;
  readonly html: string;
  /** The message as Telegram sent it. */
  readonly raw: Message;
}

/** An agent's reply on its way to the app's handlers; plain JSON. */
export interface ReplyEvent extends ReplyContent {
  readonly v: 1;
  readonly type: 'reply';
  readonly threadId: string;
  /** Missing in what a version before this one has stored. */
  readonly desk?: string;
  readonly agent: Agent;
  /** The agent's message. */
  readonly message: MessageRef;
  /** The notice that the agent has answered, unless they have written in the topic of the thread. */
  readonly replyTo?: ReplyTarget | undefined;
  /** By Telegram's clock, in milliseconds since the Unix epoch. */
  readonly sentAtMs: number;
  /** By the clock of the process that stored it, in milliseconds since the Unix epoch. */
  readonly receivedAtMs: number;
  /** How long it waits before it is handed over, in milliseconds, because another agent has the thread. */
  readonly holdMs?: number | undefined;
  /** Of one that waits, the update that has brought it. */
  readonly updateId?: number | undefined;
  /** Whether it has waited for that. */
  readonly isReleased?: boolean | undefined;
  /** Of an album that was put together: the messages of all its files. It is not stored. */
  readonly album?: readonly Message[] | undefined;
}

/** An agent's reply in another form, on its way to the app's handlers; plain JSON. */
export interface ReplyEditedEvent extends Omit<ReplyEvent, 'type'> {
  readonly type: 'reply.edited';
  /** Which form of the reply this is: 1 for the first edit. */
  readonly version: number;
  /** By Telegram's clock, in milliseconds since the Unix epoch. */
  readonly editedAtMs: number;
}
