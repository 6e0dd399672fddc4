import { validateSync, type ValidationError } from 'class-validator';
import { TelegramArgumentError } from '../errors/index.js';
import { kindOf, kindOfId } from '../errors/kind-of.js';
import { Customer } from './customer.js';

/**
 * Checks what the app passed to `method` against the decorators of its class. A field that is null
 * counts as left out.
 *
 * @returns A copy that is an instance of the class.
 * @throws {@link TelegramArgumentError} That names each field that is wrong, without its value.
 */
export function validArgument<T extends object>(
  method: string,
  argumentClass: new () => T,
  passed: T,
): T {
  const argument = Object.assign(new argumentClass(), withoutNulls(passed));
  const given = 'customer' in argument ? argument.customer : undefined;
  const customer = isRecord(given) ? customerOf(given) : given;
  if (customer !== undefined) Object.assign(argument, { customer });
  const problems = validateSync(argument).flatMap((error) => flatten(error));
  if (customer instanceof Customer) {
    problems.push(...validateSync(customer).flatMap((error) => flatten(error, 'customer.')));
  }
  if (problems.length === 0) return argument;
  throw new TelegramArgumentError(
    method,
    problems.map(({ field }) => field),
    problems.map(({ text }) => text),
  );
}

interface ArgumentProblem {
  readonly field: string;
  readonly text: string;
}

function flatten(error: ValidationError, path = ''): ArgumentProblem[] {
  const field = path + error.property;
  const wants = Object.values(error.constraints ?? {}).map((text) => withoutName(text, error));
  const own =
    wants.length > 0
      ? [{ field, text: `${field} ${wants.join(' and ')}, got ${gotOf(error)}` }]
      : [];
  const nested = (error.children ?? []).flatMap((child) => flatten(child, `${field}.`));
  return [...own, ...nested];
}

/** Each message of class-validator begins with the name of the property. */
function withoutName(text: string, { property }: ValidationError): string {
  return text.startsWith(`${property} `) ? text.slice(property.length + 1) : text;
}

function gotOf({ property, value }: ValidationError): string {
  return /id$/i.test(property) ? kindOfId(value) : kindOf(value);
}

/** The fields that the desk shows, whatever the class of the app's customer. */
function customerOf({ id, name, email }: Partial<Record<keyof Customer, unknown>>): Customer {
  return Object.assign(new Customer(), withoutNulls({ id, name, email }));
}

/** Databases return null for a missing value. */
function withoutNulls(given: unknown): object {
  if (!isRecord(given)) return {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

/** Whether it is a plain object or an instance of a class of the app's, and no Date, Map or promise. */
function isRecord(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}
