import { isRegExp } from 'node:util/types';
import { ValidateBy } from 'class-validator';

const BUILT_IN: readonly unknown[] = ['cards', 'emails', 'phones'];
const RULE =
  'wants a list of "cards", "emails", "phones", regular expressions and { name, pattern, shown }';

/** What may stand in the place of what is masked. */
const LONGEST_SHOWN = 64;

/** What is to be masked. */
export function AreMaskRules(): PropertyDecorator {
  return ValidateBy({
    name: 'areMaskRules',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && value.every((rule) => isRule(rule)),
      defaultMessage: () => RULE,
    },
  });
}

/** Who may see what is masked. */
export function IsRevealTo(): PropertyDecorator {
  return ValidateBy({
    name: 'isRevealTo',
    validator: {
      validate: (value: unknown) =>
        value === 'agents' ||
        value === 'everyone' ||
        value === false ||
        (Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id))),
      defaultMessage: () => 'wants "agents", "everyone", a list of Telegram user ids, or false',
    },
  });
}

function isRule(rule: unknown): boolean {
  if (typeof rule !== 'object' || rule === null) return BUILT_IN.includes(rule);
  if (isRegExp(rule)) return true;
  const field = (name: string): unknown => Reflect.get(rule, name);
  const [name, shown] = [field('name'), field('shown')];
  const isShown =
    shown === undefined ||
    (typeof shown === 'string' && shown.trim() !== '' && shown.length <= LONGEST_SHOWN);
  return typeof name === 'string' && name.trim() !== '' && isRegExp(field('pattern')) && isShown;
}
