import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import type { OnThreadReplyOptions } from './on-thread-reply.decorator.js';
import type { ReplyHandler } from './event-handler.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** Makes a reply handler of a method with `@OnThreadReply()`. */
export function replyHandlerOf({
  name,
  options: { threads },
  handle,
}: DecoratedMethod<ThreadReply, OnThreadReplyOptions>): ReplyHandler {
  return { name, handle, accepts: (threadId) => matches(threadId, threads, name) };
}

function matches(
  threadId: string,
  threads: OnThreadReplyOptions['threads'],
  name: string,
): boolean {
  if (threads === undefined) return true;
  if (typeof threads !== 'function') {
    // Unlike test(), search() ignores the lastIndex of a pattern with the flag g or y.
    return threadId.search(threads) !== -1;
  }
  const answer: unknown = threads(threadId);
  // A promise is truthy for every thread.
  if (typeof answer !== 'boolean') {
    throw new TypeError(`The function "threads" of ${name} has to return true or false`);
  }
  return answer;
}
