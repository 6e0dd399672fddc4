import { OwnWordsError } from '../errors/own-words.error.js';

/** What a method with `@LoadHistory()` has returned is no history. Its message holds nothing of a text. */
export class UnusableHistoryError extends OwnWordsError {
  override readonly name = 'UnusableHistoryError';
}
