import { SetMetadata } from '@nestjs/common';

/** Marks the methods that {@link OnThreadReply} decorates. */
export const ON_THREAD_REPLY = 'telegram:on-thread-reply';

/**
 * Calls the method with each {@link ThreadReply}, in order within a thread. It may stand on any
 * number of methods of any providers and controllers that are not request-scoped.
 *
 * When the method throws, it is called again after 1 s, 5 s, 30 s and 2 min; when it fails for the
 * last time, the agent is told in the chat that the reply did not arrive, and why. A reply can arrive
 * twice, with the same `message`: make the work idempotent.
 *
 * @example
 * @OnThreadReply()
 * async deliver(reply: ThreadReply): Promise<void> {
 *   await this.messages.add(reply.threadId, reply.agent.name, reply.text);
 * }
 *
 * @publicApi
 */
export function OnThreadReply(): MethodDecorator {
  return SetMetadata(ON_THREAD_REPLY, true);
}
