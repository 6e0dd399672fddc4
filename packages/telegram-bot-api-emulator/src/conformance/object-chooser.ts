import { isDeepStrictEqual } from 'node:util';
import { suggestName } from './suggest-name.js';
import type { FieldsSpec, TypeSpec, ValuesSpec } from './bot-api-schema.interface.js';
import type { JsonObject } from '../parameters/json-fields.js';
import { describeValue, describeValues } from './problem-wording.js';
import {
  fieldNames,
  fieldType,
  isOneOf,
  type ObjectType,
  requiredNames,
  type TypeCatalog,
} from './type-catalog.js';

/** Which types of object a value may be held against. */
export interface ObjectChoice {
  /** Those that fit best; of several the value need only be one. */
  readonly objects: readonly ObjectType[];
  /** Why none of them fits. */
  readonly problems: readonly string[];
}

type Values = ValuesSpec['oneOf'];

/**
 * Finds of several types of object the one that a value is meant to be: by fields such as `type`
 * that hold another text in each, else by the names of its fields.
 */
export class ObjectChooser {
  readonly #catalog: TypeCatalog;

  constructor(catalog: TypeCatalog) {
    this.#catalog = catalog;
  }

  choose(objects: readonly ObjectType[], value: JsonObject, path: string): ObjectChoice {
    const tag = this.#findTag(objects, value);
    if (tag === undefined) return chooseByNames(objects, value, path);
    const fitting = objects.filter(({ fields }) => this.#fits(fields, tag, value));
    if (fitting.length > 0) return this.choose(fitting, value, path);

    const problem = Object.hasOwn(value, tag)
      ? this.#explainTag(objects, tag, value[tag])
      : 'is missing';
    return { objects: [], problems: [`"${path}.${tag}" ${problem}`] };
  }

  #explainTag(objects: readonly ObjectType[], tag: string, value: unknown): string {
    const values = objects.flatMap(({ fields }) => this.#valuesOf(fields, tag) ?? []);
    const hint = typeof value === 'string' ? suggestName(value, values.map(String)) : '';
    return `must be ${describeValues(values)} but is ${describeValue(value)}${hint}`;
  }

  /** Whether the value, if it is an object, is of one of the types by its tags. */
  isTaggedAs({ fields }: ObjectType, value: JsonObject): boolean {
    return requiredNames(fields).every((name) => {
      const isTag = this.#valuesOf(fields, name) !== undefined;
      return !isTag || this.#fits(fields, name, value);
    });
  }

  /** A field that distinguishes some of the types, and that no type of them goes without. */
  #findTag(objects: readonly ObjectType[], value: JsonObject): string | undefined {
    const [first, ...others] = objects;
    if (!first) return undefined;
    return requiredNames(first.fields).find((name) => {
      const values = this.#valuesOf(first.fields, name);
      if (!values || objects.every(({ fields }) => this.#fits(fields, name, value))) return false;
      const alternatives = others.map(({ fields }) => this.#valuesOf(fields, name));
      return (
        alternatives.every((alternative) => alternative !== undefined) &&
        alternatives.some((alternative) => !isDeepStrictEqual(alternative, values))
      );
    });
  }

  #fits(fields: FieldsSpec, name: string, value: JsonObject): boolean {
    const held = Object.hasOwn(value, name) ? value[name] : undefined;
    return this.#enumerationsOf(fields, name).some((enumeration) => isOneOf(enumeration, held));
  }

  /** What a field may hold, when these are some values; undefined for other fields. */
  #valuesOf(fields: FieldsSpec, name: string): Values | undefined {
    const values = this.#enumerationsOf(fields, name).flatMap(({ oneOf }) => oneOf);
    return values.length === 0 ? undefined : values;
  }

  #enumerationsOf({ required = {} }: FieldsSpec, name: string): readonly ValuesSpec[] {
    const type = Object.hasOwn(required, name) ? required[name] : undefined;
    return type === undefined ? [] : this.#catalog.resolve(type).enumerations;
  }
}

function chooseByNames(
  objects: readonly ObjectType[],
  value: JsonObject,
  path: string,
): ObjectChoice {
  const misfits = objects.map((object) => countMisfits(object, value));
  const [nearest] = misfits.toSorted(
    (left, right) => left.total - right.total || left.missing - right.missing,
  );
  const best = misfits
    .filter(({ total, missing }) => total === nearest?.total && missing === nearest.missing)
    .map(({ object }) => object);
  if (best.length < 2 || nearest?.missing === 0) return { objects: best, problems: [] };

  const merged = mergeObjects(best);
  const choices = best.flatMap(({ fields }) => requiredNames(fields));
  const open = choices.filter((name) => !requiredNames(merged.fields).includes(name));
  return { objects: [merged], problems: [`"${path}" needs ${describeValues(open)}`] };
}

/** How many fields an object lacks to be of a type, and how many it lacks or has too many. */
function countMisfits(object: ObjectType, value: JsonObject) {
  const known = new Set(fieldNames(object.fields));
  const missing = requiredNames(object.fields).filter((name) => !Object.hasOwn(value, name)).length;
  const unknown = Object.keys(value).filter((name) => !known.has(name)).length;
  return { object, missing, total: missing + unknown };
}

/** The type of an object of which no more is known than that it is of one of some types. */
function mergeObjects(objects: readonly ObjectType[]): ObjectType {
  const required: Record<string, TypeSpec> = {};
  const optional: Record<string, TypeSpec> = {};
  for (const { fields } of objects) {
    for (const name of fieldNames(fields)) {
      const types = objects.flatMap((other) => fieldType(other.fields, name) ?? []);
      const isRequired = objects.every((other) => requiredNames(other.fields).includes(name));
      (isRequired ? required : optional)[name] = { anyOf: [...new Set(types)] };
    }
  }
  const [name = '', ...others] = new Set(objects.map((object) => object.name.split('.')[0]));
  return { name: others.length === 0 ? name : '', fields: { required, optional } };
}
