import { TextError } from '../text/text.error.js';

/** An object that came as JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A field that must be there and hold a whole number, be it as a text.
 *
 * @throws {@link TextError} In Telegram's words (td: JsonBuilder.cpp:600-737).
 */
export function requiredInteger(object: JsonObject, name: string): number {
  const value = object[name];
  if (value === undefined) throw new TextError(`Can't find field "${name}"`);
  if (typeof value !== 'number' && typeof value !== 'string') {
    throw new TextError(`Field "${name}" must be of type Number`);
  }
  if (!/^-?\d+$/.test(String(value))) {
    throw new TextError(`Can't parse as an integer string "${value}"`);
  }
  return Number(value);
}

/**
 * A field that may be missing; it is 0 then.
 *
 * @throws {@link TextError}
 */
export function optionalInteger(object: JsonObject, name: string): number {
  return object[name] === undefined ? 0 : requiredInteger(object, name);
}

/**
 * A field that must be there and hold a text, be it as a number.
 *
 * @throws {@link TextError}
 */
export function requiredString(object: JsonObject, name: string): string {
  if (object[name] === undefined) throw new TextError(`Can't find field "${name}"`);
  return optionalString(object, name);
}

/**
 * A field that may be missing; it is empty then.
 *
 * @throws {@link TextError}
 */
export function optionalString(object: JsonObject, name: string): string {
  const value = object[name];
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new TextError(`Field "${name}" must be of type String`);
}

/**
 * A field that may be missing; it is false then.
 *
 * @throws {@link TextError}
 */
export function optionalBoolean(object: JsonObject, name: string): boolean {
  const value = object[name];
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  throw new TextError(`Field "${name}" must be of type Boolean`);
}
