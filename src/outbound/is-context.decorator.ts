import { buildMessage, ValidateBy, type ValidationArguments } from 'class-validator';
import { CONTEXT_RULE, problemOfContext } from '../context/read-context.js';

/** Checks for fields of the card of a thread. */
export function IsContext(): PropertyDecorator {
  return ValidateBy({
    name: 'isContext',
    validator: {
      validate: (value: unknown) => problemOfContext(value) === undefined,
      defaultMessage: buildMessage(
        (prefix, args?: ValidationArguments) =>
          `${prefix}$property ${CONTEXT_RULE}: ${problemOfContext(args?.value) ?? ''}`,
      ),
    },
  });
}
