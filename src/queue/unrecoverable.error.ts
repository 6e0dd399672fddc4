import { OwnWordsError } from '../errors/index.js';

/**
 * Thrown by a processor when no further attempt can help: the job becomes a dead letter at once. The message
 * may be shown to agents, so describe errors from elsewhere before you put them into it.
 */
export class UnrecoverableError extends OwnWordsError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
