import { validateSync } from 'class-validator';
import { TelegramArgumentError } from '../errors/index.js';
import { isRecord, problemsIn, withoutNulls } from './argument-problem.js';
import { validAttachments } from './attachment-validator.js';
import { Customer } from './customer.js';

/**
 * Checks what the app passed to `method` against the decorators of its class. A field that is null
 * counts as left out. The bytes of attachments are copied.
 *
 * @param maxDataBytes The most bytes of an attachment that is given as `data`.
 * @returns A copy that is an instance of the class.
 * @throws {@link TelegramArgumentError} That names each field that is wrong, without its value.
 */
export function validArgument<T extends object>(
  method: string,
  argumentClass: new () => T,
  passed: T,
  maxDataBytes = 0,
): T {
  const argument = Object.assign(new argumentClass(), withoutNulls(passed));
  const given = 'customer' in argument ? argument.customer : undefined;
  const customer = isRecord(given) ? customerOf(given) : given;
  if (customer !== undefined) Object.assign(argument, { customer });
  const problems = validateSync(argument).flatMap((error) => problemsIn(error));
  if (customer instanceof Customer) {
    problems.push(...validateSync(customer).flatMap((error) => problemsIn(error, 'customer.')));
  }
  if ('attachments' in argument && argument.attachments !== undefined) {
    const checked = validAttachments(argument.attachments, maxDataBytes);
    Object.assign(argument, { attachments: checked.attachments });
    problems.push(...checked.problems);
  }
  if (problems.length === 0) return argument;
  throw new TelegramArgumentError(
    method,
    problems.map(({ field }) => field),
    problems.map(({ text }) => text),
  );
}

/** The fields that the desk shows, whatever the class of the app's customer. */
function customerOf({ id, name, email }: Partial<Record<keyof Customer, unknown>>): Customer {
  return Object.assign(new Customer(), withoutNulls({ id, name, email }));
}
