import { buildMessage, ValidateBy } from 'class-validator';
import { isBlank } from '../notices/sanitize-text.js';

/** Checks that something of a text is visible: Telegram refuses all others. */
export function IsShownText(): PropertyDecorator {
  return ValidateBy({
    name: 'isShownText',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && !isBlank(value),
      defaultMessage: buildMessage(
        (prefix) => `${prefix}$property must be a string that is not blank`,
      ),
    },
  });
}
