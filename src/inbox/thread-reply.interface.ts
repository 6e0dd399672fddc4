import type { Message } from '@grammyjs/types';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from './agent.js';

/**
 * What an agent wrote in Telegram in reply to a notice of a thread.
 *
 * @publicApi
 */
export interface ThreadReply {
  readonly threadId: string;
  /** The text or the caption, without formatting; empty when the agent sent only a file. */
  readonly text: string;
  /**
   * The same with its formatting as HTML for a web page: every character of the agent's is escaped,
   * links lead only to http, https, mailto, tel and tg.
   */
  readonly html: string;
  readonly agent: Agent;
  /** The agent's message. */
  readonly message: MessageRef;
  readonly sentAt: Date;
  /** The whole message as Telegram sent it, with photos, files and all else. */
  readonly raw: Message;
}
