import { validateSync, type ValidationError } from 'class-validator';
import { TelegramArgumentError } from '../errors/index.js';
import { Customer } from './customer.js';

/**
 * Checks what the app passed to `method` against the decorators of its class. A field that is null
 * counts as left out.
 *
 * @returns A copy that is an instance of the class.
 * @throws {@link TelegramArgumentError} That names each field that is wrong, without its value.
 */
export function validArgument<T extends { customer?: Customer }>(
  method: string,
  argumentClass: new () => T,
  given: T,
): T {
  const argument = Object.assign(new argumentClass(), withoutNulls(given));
  // Checked as a class of its own, whatever the app made it of.
  if (isObject(argument.customer)) {
    argument.customer = Object.assign(new Customer(), withoutNulls(argument.customer));
  }
  const problems = validateSync(argument).flatMap((error) => flatten(error));
  if (problems.length === 0) return argument;
  throw new TelegramArgumentError(
    method,
    problems.map(({ field }) => field),
    problems.map(({ field, wants }) => `${field}: ${wants}`),
  );
}

interface ArgumentProblem {
  readonly field: string;
  readonly wants: string;
}

function flatten(error: ValidationError, path = ''): ArgumentProblem[] {
  const field = path + error.property;
  const constraints = Object.values(error.constraints ?? {});
  const own = constraints.length > 0 ? [{ field, wants: constraints.join(' and ') }] : [];
  const nested = (error.children ?? []).flatMap((child) => flatten(child, `${field}.`));
  return [...own, ...nested];
}

/** A database gives null for what is not there. */
function withoutNulls(given: unknown): object {
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
