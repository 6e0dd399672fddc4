import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { ThreadReaction } from './thread-reaction.interface.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';

/**
 * Which events a method with {@link OnThreadReaction} gets.
 *
 * @publicApi
 */
export interface OnThreadReactionOptions extends ThreadFilter {}

/** The mark that {@link OnThreadReaction} sets on a method. */
export const ON_THREAD_REACTION = new MethodMark<ThreadReaction, OnThreadReactionOptions>(
  'telegram:on-thread-reaction',
  '@OnThreadReaction()',
);

/**
 * Calls the method with each {@link ThreadReaction}: when an agent has changed their reactions to a notice or a reply, in
 * order with the replies of the thread. Telegram reports reactions only to bots that are administrators, and none in
 * private chats. Those of bots, of people who may not answer, and the reaction that deletes a reply bring none.
 *
 * The promises are those of {@link OnThreadEvent}. A reaction can arrive twice, with the same `id`.
 *
 * @publicApi
 *
 * @example
 * @OnThreadReaction()
 * async show({ threadId, messageId, added, removed }: ThreadReaction): Promise<void> {
 *   if (messageId) await this.messages.changeReactions(threadId, messageId, added, removed);
 * }
 */
export function OnThreadReaction(
  options: OnThreadReactionOptions = {},
): MarkedMethodDecorator<ThreadReaction> {
  return ON_THREAD_REACTION.decorate(options);
}
