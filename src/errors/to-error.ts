import { errorText } from './error-text.js';

/** Whatever was thrown, as an error: JavaScript lets code throw anything. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(errorText(thrown), { cause: thrown });
}
