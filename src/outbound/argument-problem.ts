import type { ValidationError } from 'class-validator';
import { kindOf, kindOfId } from '../errors/kind-of.js';

/** What is wrong with a field of an argument. */
export interface ArgumentProblem {
  readonly field: string;
  readonly text: string;
}

/** @param path What the name of the field stands behind, such as `customer.`. */
export function problemsIn(error: ValidationError, path = ''): ArgumentProblem[] {
  const field = path + error.property;
  const wants = Object.values(error.constraints ?? {}).map((text) => withoutName(text, error));
  const own =
    wants.length > 0
      ? [{ field, text: `${field} ${wants.join(' and ')}, got ${gotOf(error)}` }]
      : [];
  const nested = (error.children ?? []).flatMap((child) => problemsIn(child, `${field}.`));
  return [...own, ...nested];
}

/** Each message of class-validator begins with the name of the property. */
function withoutName(text: string, { property }: ValidationError): string {
  return text.startsWith(`${property} `) ? text.slice(property.length + 1) : text;
}

function gotOf({ property, value }: ValidationError): string {
  return /id$/i.test(property) ? kindOfId(value) : kindOf(value);
}

/** Databases return null for a missing value. */
export function withoutNulls(given: unknown): object {
  if (!isRecord(given)) return {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

/** Whether it is a plain object or an instance of a class of the app's, and no Date, Map or promise. */
export function isRecord(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}
