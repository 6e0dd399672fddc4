import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { DeadLetter } from './dead-letter.interface.js';

/** What {@link OnDeadLetter} leaves on a method. */
export const ON_DEAD_LETTER = new MethodMark<DeadLetter, object>(
  'telegram:on-dead-letter',
  '@OnDeadLetter()',
);

/**
 * Calls the method with each {@link DeadLetter} when the desk gives something up: to page somebody,
 * or to count it. It may stand on any number of methods of any providers and controllers that are
 * not request-scoped. A promise that it returns is awaited, an Observable subscribed. What fails is
 * logged; a letter can arrive twice.
 *
 * @example
 * @OnDeadLetter()
 * async page({ direction, threadId, reason }: DeadLetter): Promise<void> {
 *   await this.pager.send(`${direction} of ${threadId} is stuck: ${reason}`);
 * }
 *
 * @publicApi
 */
export function OnDeadLetter(): MarkedMethodDecorator<DeadLetter> {
  return ON_DEAD_LETTER.decorate({});
}
