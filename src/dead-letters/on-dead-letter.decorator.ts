import { SetMetadata } from '@nestjs/common';

/** Marks the methods that {@link OnDeadLetter} decorates. */
export const ON_DEAD_LETTER = 'telegram:on-dead-letter';

/**
 * Calls the method with each {@link DeadLetter} when the desk gives something up: to page somebody,
 * or to count it. It may stand on any number of methods of any providers and controllers that are
 * not request-scoped. What it throws is logged; a letter can arrive twice.
 *
 * @example
 * @OnDeadLetter()
 * async page({ direction, threadId, reason }: DeadLetter): Promise<void> {
 *   await this.pager.send(`${direction} of ${threadId} is stuck: ${reason}`);
 * }
 *
 * @publicApi
 */
export function OnDeadLetter(): MethodDecorator {
  return SetMetadata(ON_DEAD_LETTER, true);
}
