import { buildMessage, ValidateBy } from 'class-validator';

/** A text that is not empty, and no longer than the jobs of a queue should be. */
export function IsBoundedText(
  most: number,
  what: string,
  isValid: (value: string) => boolean = () => true,
): PropertyDecorator {
  return ValidateBy({
    name: 'isBoundedText',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        value.trim() !== '' &&
        value.length <= most &&
        value.isWellFormed() &&
        isValid(value),
      defaultMessage: buildMessage(
        (prefix) => `${prefix}$property must be ${what}, of at most ${most} characters`,
      ),
    },
  });
}
