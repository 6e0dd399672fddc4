import { inspect } from 'node:util';

/** Whatever was thrown, as an error: JavaScript lets code throw anything. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(typeof thrown === 'string' ? thrown : inspect(thrown));
}
