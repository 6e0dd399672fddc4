import type { ThreadReply } from './thread-reply.interface.js';

/**
 * A reply in the form that its agent has given it by an edit. What an edit cannot change is as it was; `receivedAt` is
 * when this module received the edit. Of an album it is the file that was edited, with its caption alone: `albumId` names
 * the album, and `message` the file, as {@link IncomingAttachment.message} does.
 *
 * @publicApi
 */
export interface EditedReply extends ThreadReply {
  /** When the agent edited it, by Telegram's clock, which gives whole seconds. */
  readonly editedAt: Date;
}
