import { TelegramArgumentError } from '../errors/index.js';
import { kindOfId } from '../errors/kind-of.js';

/** A longer id would make the hidden reference of each notice, and the keys in Redis, needlessly large. */
const MAX_LENGTH = 256;

/** What {@link isIdentifier} requires, in words that follow the name of the field. */
export const IDENTIFIER_RULE = `must be a string of 1 to ${MAX_LENGTH} characters`;

/** An id of the app's: 1 to 256 characters of well-formed Unicode, so that it survives UTF-8. */
export function isIdentifier(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= MAX_LENGTH &&
    value.isWellFormed()
  );
}

/** @throws {@link TelegramArgumentError} When `value` is no id of the app's. */
export function assertIdentifier(method: string, field: string, value: unknown): void {
  if (isIdentifier(value)) return;
  const problem = `${field} ${IDENTIFIER_RULE}, got ${kindOfId(value)}`;
  throw new TelegramArgumentError(method, [field], [problem]);
}
