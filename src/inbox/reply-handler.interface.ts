import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** A method of the app's that takes replies. */
export type ReplyHandler = DecoratedMethod<ThreadReply>;
