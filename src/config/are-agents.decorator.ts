import { ValidateBy } from 'class-validator';
import { AGENTS_RULE } from './option.constants.js';

/** Telegram user ids, at least one, or a function that decides. */
export function AreAgents(): PropertyDecorator {
  return ValidateBy({
    name: 'areAgents',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'function' ||
        (Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id))),
      defaultMessage: () => AGENTS_RULE,
    },
  });
}
