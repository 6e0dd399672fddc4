import type { InlineKeyboardMarkup } from '@grammyjs/types';

/** Makes the buttons below the note of a failure. */
export abstract class FailureKeyboard {
  /** Undefined for a job that no button can name. */
  abstract of(threadId: string, jobId: string): InlineKeyboardMarkup | undefined;
}
