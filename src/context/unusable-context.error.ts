import { OwnWordsError } from '../errors/own-words.error.js';

/** What a method with `@DescribeThread()` has returned is no context. Its message holds nothing of a text. */
export class UnusableContextError extends OwnWordsError {
  override readonly name = 'UnusableContextError';
}
