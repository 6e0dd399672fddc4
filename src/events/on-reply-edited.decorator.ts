import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { EditedReply } from './edited-reply.interface.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';

/**
 * Which events a method with {@link OnReplyEdited} gets.
 *
 * @publicApi
 */
export interface OnReplyEditedOptions extends ThreadFilter {}

/** The mark that {@link OnReplyEdited} sets on a method. */
export const ON_REPLY_EDITED = new MethodMark<EditedReply, OnReplyEditedOptions>(
  'telegram:on-reply-edited',
  '@OnReplyEdited()',
);

/**
 * Calls the method with each {@link EditedReply}: when an agent has visibly changed text, caption, formatting or file of
 * a reply, in order with the replies of the thread.
 *
 * The promises are those of {@link OnThreadReply}: any number of methods, each of which gets every edit; results are
 * awaited; a method that throws is called again, and in the end the agent is notified. An edit can arrive twice. A reply
 * that is edited before it was handled is handled once, in its newest form, and brings no edit; of edits that wait, the
 * newest alone is handled. Without any such method in any process, the agent learns that the customer still sees the
 * first text.
 *
 * @publicApi
 *
 * @example
 * @OnReplyEdited()
 * async update({ message, html, editedAt }: EditedReply): Promise<void> {
 *   await this.messages.update(message.chatId, message.messageId, html, editedAt);
 * }
 */
export function OnReplyEdited(
  options: OnReplyEditedOptions = {},
): MarkedMethodDecorator<EditedReply> {
  return ON_REPLY_EDITED.decorate(options);
}
