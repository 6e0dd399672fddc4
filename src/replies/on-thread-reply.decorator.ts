import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** Which replies a method with {@link OnThreadReply} gets. */
export interface OnThreadReplyOptions {
  /**
   * The threads whose replies it gets: those whose id the pattern matches, or the function is true of. It
   * must be the same in every process. A function that throws is a failure of the method.
   *
   * @default all threads
   */
  readonly threads?: RegExp | ((threadId: string) => boolean) | undefined;
}

/** What {@link OnThreadReply} leaves on a method. */
export const ON_THREAD_REPLY = new MethodMark<ThreadReply, OnThreadReplyOptions>(
  'telegram:on-thread-reply',
  '@OnThreadReply()',
);

/**
 * Calls the method with each {@link ThreadReply}, in order within a thread. It may stand on any
 * number of methods of any providers and controllers that are not request-scoped. Each of them gets
 * every reply: narrow it to its own threads by `threads`, or return when the thread is another one's.
 * To throw then, such as a `NotFoundException`, would tell the agent that the reply has failed.
 *
 * The compiler refuses it on a method that takes something else. For that, `applyDecorators()` of Nest
 * takes it only as `OnThreadReply() as MethodDecorator`. Write it above decorators that replace the method.
 *
 * A promise that it returns is awaited; an Observable is subscribed and awaited, as in a controller.
 *
 * When the method throws, it is called again after 1 s, 5 s, 30 s and 2 min; when it fails for the
 * last time, the agent is told in the chat that the reply did not arrive, and why: the words are the
 * `message` of what was thrown, see the option `replies.exposeErrors`. A reply can arrive twice, with
 * the same `message`: make the work idempotent.
 *
 * @example
 * @OnThreadReply()
 * async deliver(reply: ThreadReply): Promise<void> {
 *   await this.messages.add(reply.threadId, reply.agent.name, reply.text);
 * }
 *
 * @example
 * @OnThreadReply({ threads: /^billing-/ })
 * deliver({ threadId, text }: ThreadReply): Observable<unknown> {
 *   return this.http.post(`/invoices/${threadId}/answers`, { text });
 * }
 *
 * @publicApi
 */
export function OnThreadReply(
  options: OnThreadReplyOptions = {},
): MarkedMethodDecorator<ThreadReply> {
  return ON_THREAD_REPLY.decorate(options);
}
