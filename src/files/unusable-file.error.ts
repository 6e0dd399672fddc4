import { OwnWordsError } from '../errors/own-words.error.js';

/** A file that cannot be sent, however often it is tried. Its message is for agents and for the log. */
export class UnusableFileError extends OwnWordsError {
  override readonly name = 'UnusableFileError';
}
