import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';
import type { HistoryMessage, HistoryRequest } from './history-message.interface.js';

/**
 * Which threads, bots and desks a method with {@link LoadHistory} is for. A desk is the one where the messages are shown.
 *
 * @publicApi
 */
export interface LoadHistoryOptions extends ThreadFilter {}

/**
 * What a method with {@link LoadHistory} returns: the newest messages, the oldest of them first, or null when the thread
 * is none of its own.
 *
 * @publicApi
 */
export type LoadedHistory = readonly HistoryMessage[] | null;

/** The mark that {@link LoadHistory} sets on a method. */
export const LOAD_HISTORY = new MethodMark<HistoryRequest, LoadHistoryOptions>(
  'telegram:load-history',
  '@LoadHistory()',
);

/**
 * Calls the method for the newest messages of a thread: when an agent asks for them with `/history`, and when its topic
 * is created anew or it comes to another desk, which begin with the last ten. The first method that returns something
 * other than null or undefined wins. A promise is awaited, and an Observable subscribed.
 *
 * When it throws, takes more than 5 s, or returns something else or more than 512 Ki characters, the log says so, and
 * the thread goes on without its history.
 *
 * @publicApi
 *
 * @example
 * @LoadHistory({ threads: /^order-/ })
 * async load({ threadId, limit }: HistoryRequest): Promise<HistoryMessage[]> {
 *   const newest = await this.messages.find({ where: { threadId }, order: { id: 'DESC' }, take: limit });
 *   return newest.reverse().map(({ id, isAgent, author, text, sentAt }) => ({
 *     author: isAgent ? 'agent' : 'customer',
 *     name: author,
 *     text,
 *     sentAt,
 *     messageId: String(id),
 *   }));
 * }
 */
export function LoadHistory(
  options: LoadHistoryOptions = {},
): MarkedMethodDecorator<HistoryRequest> {
  return LOAD_HISTORY.decorate(options);
}
