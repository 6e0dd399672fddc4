import { lineOfProblem } from '../common/problem.js';
import { OwnWordsError } from '../errors/own-words.error.js';
import { NOT_THE_BOT_API } from './desk-problems.js';

/** The server at `apiRoot` has answered what Telegram never answers. */
export class ForeignServerError extends OwnWordsError {
  override readonly name = 'ForeignServerError';

  constructor() {
    super(lineOfProblem(NOT_THE_BOT_API));
  }
}
