import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** A method of the app's that takes replies. */
export interface ReplyHandler extends Pick<DecoratedMethod<ThreadReply>, 'name' | 'handle'> {
  /**
   * Whether it takes the replies of a thread.
   *
   * @throws What the app's own function throws, which is a failure of this handler.
   */
  readonly accepts: (threadId: string) => boolean;
}
