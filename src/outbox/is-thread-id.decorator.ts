import { buildMessage, ValidateBy } from 'class-validator';

/** A longer id would make the hidden reference of each notice, and the keys in Redis, needlessly large. */
const LONGEST_THREAD_ID = 256;

/** A thread id: 1 to 256 characters of well-formed Unicode, so that it survives the way through UTF-8. */
export function IsThreadId(): PropertyDecorator {
  return ValidateBy({
    name: 'isThreadId',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        value.length > 0 &&
        value.length <= LONGEST_THREAD_ID &&
        value.isWellFormed(),
      defaultMessage: buildMessage(
        (prefix) => `${prefix}$property must be a string of 1 to ${LONGEST_THREAD_ID} characters`,
      ),
    },
  });
}
