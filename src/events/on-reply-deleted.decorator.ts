import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { DeletedReply } from './deleted-reply.interface.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';

/**
 * Which events a method with {@link OnReplyDeleted} gets.
 *
 * @publicApi
 */
export interface OnReplyDeletedOptions extends ThreadFilter {}

/** The mark that {@link OnReplyDeleted} sets on a method. */
export const ON_REPLY_DELETED = new MethodMark<DeletedReply, OnReplyDeletedOptions>(
  'telegram:on-reply-deleted',
  '@OnReplyDeleted()',
);

/**
 * Calls the method with each {@link DeletedReply}: when an agent has answered a reply of their own with `/del`, or has set
 * the reaction 🙈 on it, in order with the replies of the thread. Telegram tells bots nothing of messages that are deleted
 * in any other way.
 *
 * The promises are those of {@link OnThreadReply}: any number of methods, each of which gets every deletion; results are
 * awaited; a method that throws is called again, and in the end the agent is notified. When all have handled it, the bot
 * sets 🙈 on the reply. A deletion can arrive twice. A reply that is deleted before it was handled is handed to no method,
 * nor is its deletion. Without any such method in any process, the agent learns that the customer still sees the reply.
 *
 * @publicApi
 *
 * @example
 * @OnReplyDeleted()
 * async remove({ message }: DeletedReply): Promise<void> {
 *   await this.messages.remove(message.chatId, message.messageId);
 * }
 */
export function OnReplyDeleted(
  options: OnReplyDeletedOptions = {},
): MarkedMethodDecorator<DeletedReply> {
  return ON_REPLY_DELETED.decorate(options);
}
