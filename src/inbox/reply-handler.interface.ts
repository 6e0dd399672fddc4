import type { ThreadReply } from './thread-reply.interface.js';

/** A method of the app's that takes replies. */
export interface ReplyHandler {
  /** Class and method, the same in every process of the app. */
  readonly name: string;
  readonly handle: (reply: ThreadReply) => Promise<void>;
}
