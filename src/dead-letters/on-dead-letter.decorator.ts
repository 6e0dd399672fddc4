import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { DeadLetter } from './dead-letter.interface.js';

/** The metadata that {@link OnDeadLetter} sets on a method. */
export const ON_DEAD_LETTER = new MethodMark<DeadLetter, object>(
  'telegram:on-dead-letter',
  '@OnDeadLetter()',
);

/**
 * Calls the method with each {@link DeadLetter} when the desk gives up on something: to page somebody,
 * or to count it. It may decorate any number of methods of any providers and controllers that are
 * not request-scoped. A promise that the method returns is awaited, an Observable subscribed. A failure is
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
