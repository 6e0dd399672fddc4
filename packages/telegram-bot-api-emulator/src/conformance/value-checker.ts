import type { TypeSpec } from './bot-api-schema.interface.js';
import { suggestName } from './suggest-name.js';
import { isJsonObject, type JsonObject } from '../parameters/json-fields.js';
import type { NameSuggester } from './name-suggester.js';
import { ObjectChooser } from './object-chooser.js';
import { describeType, describeValue, quote, shorten } from './problem-wording.js';
import {
  fieldNames,
  fieldType,
  isOneOf,
  type ObjectType,
  requiredNames,
  type ResolvedType,
  type TypeCatalog,
} from './type-catalog.js';

const ATTACHMENT = 'attach://';
/** More than any message has; without an end the stack would overflow. */
const MAX_DEPTH = 100;

/** Holds the values of one call against the types that they must be of. */
export class ValueChecker {
  readonly #catalog: TypeCatalog;
  readonly #chooser: ObjectChooser;
  readonly #suggester: NameSuggester;
  readonly #files: ReadonlySet<string>;

  /** @param files The names of the file parts that the call has. */
  constructor(catalog: TypeCatalog, suggester: NameSuggester, files: ReadonlySet<string>) {
    this.#catalog = catalog;
    this.#chooser = new ObjectChooser(catalog);
    this.#suggester = suggester;
    this.#files = files;
  }

  /**
   * One sentence for everything in a value that is not of its type.
   *
   * @param path Where the value is, as in `reply_markup.inline_keyboard[0][0]`.
   */
  check(type: TypeSpec, value: unknown, path: string, depth = 0): string[] {
    if (depth > MAX_DEPTH) return [`"${path}" is nested too deeply`];
    const expected = this.#catalog.resolve(type);
    if (Array.isArray(value) && expected.lists.length > 0) {
      return this.#checkList(expected.lists, value, path, depth);
    }
    if (isJsonObject(value) && expected.objects.length > 0) {
      return this.#checkObject(expected.objects, value, path, depth);
    }
    const problem = this.#explain(expected, value);
    return problem === undefined ? [] : [`"${path}" ${problem}`];
  }

  #checkList(
    lists: readonly TypeSpec[],
    values: readonly unknown[],
    path: string,
    depth: number,
  ): string[] {
    const results = this.#chooseLists(lists, values).map((items) =>
      values.flatMap((value, index) => this.check(items, value, `${path}[${index}]`, depth + 1)),
    );
    return shortest(results);
  }

  /** Of several kinds of array those that the most items belong to by their tags. */
  #chooseLists(lists: readonly TypeSpec[], values: readonly unknown[]): readonly TypeSpec[] {
    if (lists.length === 1) return lists;
    const counts = lists.map((items) => {
      const { objects } = this.#catalog.resolve(items);
      return values.filter(
        (value) =>
          isJsonObject(value) && objects.some((object) => this.#chooser.isTaggedAs(object, value)),
      ).length;
    });
    const most = Math.max(...counts);
    return most === 0 ? [{ anyOf: lists }] : lists.filter((_, index) => counts[index] === most);
  }

  #checkObject(
    types: readonly ObjectType[],
    value: JsonObject,
    path: string,
    depth: number,
  ): string[] {
    const { objects, problems } = this.#chooser.choose(types, value, path);
    const results = objects.map((object) => this.#checkFields(object, value, path, depth));
    return [...shortest(results), ...problems];
  }

  #checkFields(
    { name, fields }: ObjectType,
    value: JsonObject,
    path: string,
    depth: number,
  ): string[] {
    const known = fieldNames(fields);
    const noun = name === '' ? 'field here' : `field of ${name.replace('<never>', '')}`;
    const problems = Object.entries(value).flatMap(([field, inner]) => {
      const at = `${path}.${shorten(field)}`;
      const type = fieldType(fields, field);
      if (type === undefined) return [`"${at}" ${this.#suggester.explain(field, noun, known)}`];
      return this.check(type, inner, at, depth + 1);
    });
    const missing = requiredNames(fields).filter((field) => !Object.hasOwn(value, field));
    return [...problems, ...missing.map((field) => `"${path}.${field}" is missing`)];
  }

  /** Why a value that has no parts is not of its type, to be put behind its name. */
  #explain(expected: ResolvedType, value: unknown): string | undefined {
    const { plain, enumerations } = expected;
    if (enumerations.some((enumeration) => isOneOf(enumeration, value))) return undefined;
    if (typeof value === 'number' && plain.has('number')) return undefined;
    if (typeof value === 'boolean' && plain.has('boolean')) return undefined;
    if (value === true && plain.has('true')) return undefined;
    if (typeof value === 'string') {
      if (plain.has('string')) return undefined;
      const takesFile = plain.has('file') || plain.has('upload');
      if (takesFile && value.startsWith(ATTACHMENT)) return this.#explainAttachment(value);
      if (plain.has('file')) return undefined;
    }
    const values = enumerations.flatMap(({ oneOf }) => oneOf.map(String));
    const hint = typeof value === 'string' ? suggestName(value, values) : '';
    return `must be ${describeType(expected)} but is ${describeValue(value)}${hint}`;
  }

  #explainAttachment(value: string): string | undefined {
    const file = value.slice(ATTACHMENT.length);
    if (this.#files.has(file)) return undefined;
    return `is attached as the file ${quote(file)}, which the call does not have`;
  }
}

/** Of the problems with several types those with the one that was probably meant. */
function shortest(results: ReadonlyArray<string[]>): string[] {
  const [first = []] = results.toSorted((left, right) => left.length - right.length);
  return first;
}
