import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';
import type { ThreadDescriptionRequest } from './context-field.interface.js';

/**
 * Which threads, bots and desks a method with {@link DescribeThread} is for. A desk is the one that shows the thread.
 *
 * @publicApi
 */
export interface DescribeThreadOptions extends ThreadFilter {}

/** The mark that {@link DescribeThread} sets on a method. */
export const DESCRIBE_THREAD = new MethodMark<ThreadDescriptionRequest, DescribeThreadOptions>(
  'telegram:describe-thread',
  '@DescribeThread()',
);

/**
 * Calls the method for what agents are to see of a thread on its card, its first notice: when the thread opens without
 * `context`, when it comes to another desk, and when an agent asks with the button Refresh or `/refresh`. It returns an
 * array of {@link ContextField}s, 20 at most, or null for a thread that is none of its own. Of several methods all are
 * called, and their fields follow each other. A promise is awaited, and an Observable subscribed.
 *
 * The notice waits 0.3 s at most. What comes later is added to it by an edit. When a method throws, takes more than
 * `card.describeTimeoutMs` (3 s by default) or returns something else, the log says so, and the card goes on without it.
 *
 * @publicApi
 *
 * @example
 * @DescribeThread({ threads: /^order-/ })
 * async describe({ threadId }: ThreadDescriptionRequest): Promise<ContextField[]> {
 *   const order = await this.orders.findByThread(threadId);
 *   return [
 *     { label: 'Order', text: order.number, url: `https://shop.example/orders/${order.id}`, copy: true },
 *     { label: 'Ordered', text: order.createdAt },
 *   ];
 * }
 */
export function DescribeThread(
  options: DescribeThreadOptions = {},
): MarkedMethodDecorator<ThreadDescriptionRequest> {
  return DESCRIBE_THREAD.decorate(options);
}
