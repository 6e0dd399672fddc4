import { OwnWordsError } from '../errors/own-words.error.js';

/** A file that is larger than Telegram takes. */
export class FileTooBigError extends OwnWordsError {
  override readonly name = 'FileTooBigError';

  /** @param size In bytes; undefined when reading it was given up at the limit. */
  constructor(readonly size?: number) {
    super('it is larger than Telegram takes');
  }
}
