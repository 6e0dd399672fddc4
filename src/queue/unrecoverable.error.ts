import { OwnWordsError } from '../errors/index.js';

/**
 * Thrown by a consumer when no further attempt can help: the item becomes a dead letter at once. Its message
 * may be shown: words from elsewhere must be described first.
 */
export class UnrecoverableError extends OwnWordsError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
