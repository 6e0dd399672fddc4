import { OwnWordsError } from '../errors/own-words.error.js';

/** The source of a file has failed, and may work later. Its message is for agents and for the log. */
export class FileSourceError extends OwnWordsError {
  override readonly name = 'FileSourceError';
}
