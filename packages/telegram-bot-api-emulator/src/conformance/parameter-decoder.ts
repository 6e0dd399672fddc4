import type { TypeSpec } from './bot-api-schema.interface.js';
import { isJsonObject } from '../parameters/json-fields.js';
import type { TypeCatalog } from './type-catalog.js';

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Reads parameters that came as texts as what they stand for. */
export class ParameterDecoder {
  readonly #catalog: TypeCatalog;

  constructor(catalog: TypeCatalog) {
    this.#catalog = catalog;
  }

  /**
   * The value of a parameter; a text that stands for nothing of the type is returned as it is.
   *
   * @param isText Whether the client could send nothing but texts. Objects and arrays may always
   *   come as JSON in a text.
   */
  decode(type: TypeSpec, value: unknown, isText: boolean): unknown {
    if (typeof value !== 'string') return value;
    const { plain, enumerations, lists, objects } = this.#catalog.resolve(type);
    const json = lists.length + objects.length > 0 ? parseJson(value) : undefined;
    if (lists.length > 0 && Array.isArray(json)) return json;
    if (objects.length > 0 && isJsonObject(json)) return json;
    if (!isText || plain.has('string')) return value;

    const numbers = enumerations.flatMap(({ oneOf }) => oneOf.filter(Number.isFinite));
    if ((plain.has('number') || numbers.length > 0) && NUMBER.test(value)) return Number(value);
    const takesBoolean = plain.has('boolean') || plain.has('true');
    return takesBoolean && (value === 'true' || value === 'false') ? value === 'true' : value;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
