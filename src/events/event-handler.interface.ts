import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** A method of the app that handles replies. */
export interface ReplyHandler extends Pick<DecoratedMethod<ThreadReply>, 'name' | 'handle'> {
  /**
   * Whether it handles the replies of a thread.
   *
   * @throws What the app's `threads` function throws, which counts as a failure of this handler.
   */
  readonly accepts: (threadId: string) => boolean;
}
