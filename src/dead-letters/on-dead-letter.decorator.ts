import type { DeskFilter } from '../discovery/desk-filter.js';
import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { DeadLetter } from './dead-letter.interface.js';

/**
 * Which dead letters a method with {@link OnDeadLetter} gets.
 *
 * @publicApi
 */
export interface OnDeadLetterOptions extends DeskFilter {}

/** The metadata that {@link OnDeadLetter} sets on a method. */
export const ON_DEAD_LETTER = new MethodMark<DeadLetter, OnDeadLetterOptions>(
  'telegram:on-dead-letter',
  '@OnDeadLetter()',
);

/**
 * Calls the method with each {@link DeadLetter} when the desk gives up on something: to page somebody,
 * or to count it. It may decorate any number of methods of any providers and controllers that are
 * not request-scoped. A promise that the method returns is awaited, an Observable subscribed. A failure is
 * logged. The letter is in `telegram.deadLetters` then, and can be retried or discarded at once. A process that is
 * killed at that moment calls no method: `telegram.deadLetters.count()` counts the letter all the same.
 *
 * @publicApi
 *
 * @example
 * @OnDeadLetter()
 * async page({ direction, threadId, reason }: DeadLetter): Promise<void> {
 *   await this.pager.send(`${direction} of ${threadId} is stuck: ${reason}`);
 * }
 */
export function OnDeadLetter(options: OnDeadLetterOptions = {}): MarkedMethodDecorator<DeadLetter> {
  return ON_DEAD_LETTER.decorate(options);
}
