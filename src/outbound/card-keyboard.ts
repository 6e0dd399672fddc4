import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { ThreadRecord } from '../threads/thread-record.interface.js';

/** Which buttons a thread has depends on how it stands. */
export type CardState = Pick<ThreadRecord, 'status' | 'assigneeId'>;

/** Makes the buttons below the first notice of a thread. */
export abstract class CardKeyboard {
  /**
   * Undefined for none. Never throws.
   *
   * @param state How the thread stands; undefined for one that waits and that nobody has.
   */
  abstract of(threadId: string, state?: CardState): InlineKeyboardMarkup | undefined;
}
