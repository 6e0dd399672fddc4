import { BotApiError } from '../errors/index.js';

/** What metrics and spans say of an error. */
export interface FailureName {
  /** For `error.type`: the code that Telegram has answered, such as `429`, else the name of the class. */
  readonly type: string;
  readonly className: string;
}

/** What `error.type` says of what is no error. */
const OTHER = '_OTHER';

/** Names an error by nothing that its words say. */
export function failureOf(error: unknown): FailureName {
  const className = error instanceof Error ? error.constructor.name || OTHER : OTHER;
  const isAnswer = error instanceof BotApiError && error.errorCode > 0;
  return { type: isAnswer ? String(error.errorCode) : className, className };
}
