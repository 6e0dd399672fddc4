import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { ThreadEvent, ThreadEventType } from './thread-event.interface.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';

/**
 * Which events a method with {@link OnThreadEvent} gets.
 *
 * @publicApi
 */
export interface OnThreadEventOptions extends ThreadFilter {}

function markOf(type: ThreadEventType): MethodMark<ThreadEvent, OnThreadEventOptions> {
  return new MethodMark(`telegram:on-thread-event:${type}`, `@OnThreadEvent('${type}')`);
}

/** The marks that {@link OnThreadEvent} sets on a method, one for each type, so that a method can carry several. */
export const ON_THREAD_EVENT: Readonly<
  Record<ThreadEventType, MethodMark<ThreadEvent, OnThreadEventOptions>>
> = {
  closed: markOf('closed'),
  reopened: markOf('reopened'),
  noted: markOf('noted'),
  'outside-hours': markOf('outside-hours'),
  overdue: markOf('overdue'),
  'closing-soon': markOf('closing-soon'),
  revealed: markOf('revealed'),
  claimed: markOf('claimed'),
  released: markOf('released'),
  transferred: markOf('transferred'),
};

/**
 * Calls the method with each {@link ThreadEvent} of a type, in order with the replies of the thread. For several
 * types, write the decorator several times.
 *
 * The promises are those of {@link OnThreadReply}: any number of methods, each of which gets every event; results
 * are awaited; a method that throws is called again after 1 s, 5 s, 30 s and 2 min, and then the event becomes
 * a dead letter. Agents are not notified of that, as they expect nothing. An event can arrive twice, with the same
 * `id`: make the work idempotent. An event that no method of any process is decorated for is dropped.
 *
 * @param type The type of event.
 *
 * @publicApi
 *
 * @example
 * @OnThreadEvent('closed')
 * async close({ threadId, agent }: ThreadEvent): Promise<void> {
 *   await this.tickets.close(threadId, agent?.name);
 * }
 *
 * @example
 * @OnThreadEvent('closed', { threads: /^billing-/ })
 * @OnThreadEvent('reopened', { threads: /^billing-/ })
 * sync({ type, threadId }: ThreadEvent): Observable<unknown> {
 *   return this.http.post(`/invoices/${threadId}/state`, { type });
 * }
 */
export function OnThreadEvent(
  type: ThreadEventType,
  options: OnThreadEventOptions = {},
): MarkedMethodDecorator<ThreadEvent> {
  return ON_THREAD_EVENT[type].decorate(options);
}
