import type { Message } from '@grammyjs/types';
import type { IncomingAttachment } from '../files/incoming-attachment.interface.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import type { Agent } from '../updates/agent.js';

/**
 * The message of the customer that a reply answers.
 *
 * @publicApi
 */
export interface ReplyTarget {
  /**
   * The app's `messageId` of it. Missing when the notice shows several messages, or is older than
   * `mappingTtlSeconds` (7 days by default).
   */
  readonly messageId?: string;
  /** The part that the agent has quoted; missing when they have quoted none. */
  readonly quote?: string;
}

/**
 * What an agent wrote in Telegram: in reply to a notice of a thread, or in its topic.
 *
 * @publicApi
 */
export interface ThreadReply {
  readonly threadId: string;
  /** The name of the desk that has the thread; `default` for the one whose options stand at the top. */
  readonly desk: string;
  /**
   * The text or the caption, without formatting. Without either, a description of the message, which is
   * never empty: the emoji of a sticker, emoji and value of dice, the coordinates of a place with a link
   * to a map, name and number of a contact, question and options of a poll, else the kind in brackets, such
   * as `[photo]`, `[document: invoice.pdf]` or `[voice message, 12 s]`. Files are in {@link attachments}, all other
   * content in {@link raw}.
   */
  readonly text: string;
  /** Whether the agent wrote {@link text}: otherwise it describes what they sent, and may be left out beside a file. */
  readonly hasText: boolean;
  /**
   * The same with its formatting as HTML for a web page: everything the agent wrote is escaped, and links
   * lead only to http, https, mailto, tel and tg.
   */
  readonly html: string;
  /** The files that the agent has sent; empty when there are none. */
  readonly attachments: IncomingAttachment[];
  /**
   * The same for all files of an album; missing for all else. With Redis an album is one reply, a second after its
   * last file; one that comes later is another reply. Without Redis each file is a reply of its own.
   */
  readonly albumId?: string;
  readonly agent: Agent;
  /**
   * What it answers, when the agent has replied to a notice of the thread; missing for what they have just written in
   * its topic.
   */
  readonly replyTo?: ReplyTarget;
  /** The agent's message. */
  readonly message: MessageRef;
  /** When the agent sent it, by Telegram's clock, which gives whole seconds. */
  readonly sentAt: Date;
  /**
   * When this module received it, to the millisecond, and never before the notice that it answers. Sort by
   * this: by `sentAt`, an answer could come before a question of the same second.
   */
  readonly receivedAt: Date;
  /** The whole message as Telegram sent it; of an album that of its first file. */
  readonly raw: Message;
}
