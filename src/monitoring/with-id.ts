import { ForeignServerError } from '../desk/foreign-server.error.js';

/**
 * An answer that can be Telegram's: another server may answer anything.
 *
 * @throws {@link ForeignServerError}
 */
export function withId<T>(answer: T): T {
  const id: unknown = Object(answer).id;
  if (!Number.isInteger(id)) throw new ForeignServerError();
  return answer;
}
