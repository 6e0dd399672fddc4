import { buildMessage, ValidateBy } from 'class-validator';
import { IDENTIFIER_RULE, isIdentifier } from '../threads/identifier.js';

/** Checks an id that the app has given a thread or a message. */
export function IsIdentifier(): PropertyDecorator {
  return ValidateBy({
    name: 'isIdentifier',
    validator: {
      validate: isIdentifier,
      defaultMessage: buildMessage((prefix) => `${prefix}$property ${IDENTIFIER_RULE}`),
    },
  });
}
