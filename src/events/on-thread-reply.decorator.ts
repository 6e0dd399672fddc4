import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** Which replies a method with {@link OnThreadReply} gets. */
export interface OnThreadReplyOptions extends ThreadFilter {}

/** The mark that {@link OnThreadReply} sets on a method. */
export const ON_THREAD_REPLY = new MethodMark<ThreadReply, OnThreadReplyOptions>(
  'telegram:on-thread-reply',
  '@OnThreadReply()',
);

/**
 * Calls the method with each {@link ThreadReply}, in order within a thread. Use it on any number of methods
 * of any providers and controllers that are not request-scoped. Each of them gets every reply: narrow it
 * to its own threads by `threads`, or return when the thread is not its own. Do not throw then: an error
 * such as a `NotFoundException` means that the reply has failed, and the agent is notified.
 *
 * The compiler rejects it on a method that takes something else. That is why Nest's `applyDecorators()`
 * takes it only as `OnThreadReply() as MethodDecorator`. Write it above decorators that replace the method.
 *
 * A promise that the method returns is awaited, and an Observable subscribed, as in a controller.
 *
 * When the method throws, it is called again after 1 s, 5 s, 30 s and 2 min. When it fails for the last
 * time, the reply becomes a dead letter, and a notice to the agent gives the `message` of the error as the
 * reason, unless the option `replies.exposeErrors` is false. A reply can arrive twice, with the same
 * `message`: make the work idempotent.
 *
 * @publicApi
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
 */
export function OnThreadReply(
  options: OnThreadReplyOptions = {},
): MarkedMethodDecorator<ThreadReply> {
  return ON_THREAD_REPLY.decorate(options);
}
