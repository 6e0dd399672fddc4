import type { JsonObject } from '../parameters/json-fields.js';
import { isJsonObject } from '../parameters/json-fields.js';
import { PageError } from './page.error.js';

/** The names of the fields of an object, or of one of several. */
export type FieldOf<A> = A extends unknown ? keyof A & string : never;

/**
 * The fields of an action, or of an object in one, which may hold anything.
 *
 * Each method throws a {@link PageError} when a field is missing or is something else.
 */
export class ActionFields<Name extends string> {
  readonly #object: JsonObject;
  readonly #path: string;

  /** @param path What errors put before the names of fields. */
  constructor(object: JsonObject, path = '') {
    this.#object = object;
    this.#path = path;
  }

  has(name: Name): boolean {
    return this.#object[name] !== undefined;
  }

  /** A text that is not empty. */
  text(name: Name, maxLength: number): string {
    const text = this.textOrEmpty(name, maxLength);
    if (text.trim() === '') throw this.#refuse(name, 'must not be empty');
    return text;
  }

  textOrEmpty(name: Name, maxLength: number): string {
    return this.#readText(name, this.#object[name], maxLength);
  }

  /** A text, or undefined when the field is missing. */
  optionalText(name: Name, maxLength: number): string | undefined {
    return this.has(name) ? this.textOrEmpty(name, maxLength) : undefined;
  }

  texts(name: Name, maxCount: number, maxLength: number): string[] {
    return this.#array(name, maxCount).map((text) => this.#readText(name, text, maxLength));
  }

  /** One of several texts. */
  choice<T extends string>(name: Name, choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.#object[name]);
    if (found === undefined) throw this.#refuse(name, `must be one of ${choices.join(', ')}`);
    return found;
  }

  number(name: Name, min: number, max: number): number {
    const number = this.#object[name];
    const isNumber = typeof number === 'number' && number >= min && number <= max;
    if (!isNumber) throw this.#refuse(name, `must be a number from ${min} to ${max}`);
    return number;
  }

  integer(name: Name, min = 0, max: number = Number.MAX_SAFE_INTEGER): number {
    const number = this.number(name, min, max);
    if (!Number.isInteger(number)) throw this.#refuse(name, 'must be a whole number');
    return number;
  }

  optionalInteger(name: Name): number | undefined {
    return this.has(name) ? this.integer(name) : undefined;
  }

  boolean(name: Name): boolean {
    const flag = this.#object[name];
    if (typeof flag !== 'boolean') throw this.#refuse(name, 'must be true or false');
    return flag;
  }

  object<B>(name: Name): ActionFields<FieldOf<B>> {
    return new ActionFields(this.plain(name), `${this.#path}${name}.`);
  }

  /** An object whose fields are not known beforehand. */
  plain(name: Name): JsonObject {
    const object = this.#object[name];
    if (!isJsonObject(object)) throw this.#refuse(name, 'must be an object');
    return object;
  }

  objects<B>(name: Name, maxCount: number): Array<ActionFields<FieldOf<B>>> {
    return this.#array(name, maxCount).map((object) => {
      if (!isJsonObject(object)) throw this.#refuse(name, 'must hold objects');
      return new ActionFields(object, `${this.#path}${name}.`);
    });
  }

  #array(name: string, maxCount: number): unknown[] {
    const array: unknown = this.#object[name];
    if (!Array.isArray(array)) throw this.#refuse(name, 'must be an array');
    if (array.length > maxCount) throw this.#refuse(name, `must have at most ${maxCount} items`);
    return array;
  }

  #readText(name: string, text: unknown, maxLength: number): string {
    if (typeof text !== 'string') throw this.#refuse(name, 'must be a text');
    if (text.length > maxLength) {
      throw this.#refuse(name, `must have at most ${maxLength} characters`);
    }
    return text;
  }

  #refuse(name: string, what: string): PageError {
    return new PageError(400, `${this.#path}${name} ${what}`);
  }
}
