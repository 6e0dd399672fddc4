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
