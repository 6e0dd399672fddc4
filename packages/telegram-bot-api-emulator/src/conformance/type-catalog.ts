import type {
  BotApiSchema,
  FieldsSpec,
  PlainType,
  TypeSpec,
  ValuesSpec,
} from './bot-api-schema.interface.js';

/** A type of object, or of a call's parameters. */
export interface ObjectType {
  readonly name: string;
  readonly fields: FieldsSpec;
}

/** All that a value may be, by kind. */
export interface ResolvedType {
  readonly plain: ReadonlySet<PlainType>;
  readonly enumerations: readonly ValuesSpec[];
  /** The types of the items, for every kind of array. */
  readonly lists: readonly TypeSpec[];
  readonly objects: readonly ObjectType[];
}

const PLAIN_TYPES: ReadonlySet<string> = new Set<PlainType>([
  'boolean',
  'file',
  'number',
  'string',
  'true',
  'upload',
]);

/** Looks up what the types of a schema stand for. */
export class TypeCatalog {
  readonly #schema: BotApiSchema;

  constructor(schema: BotApiSchema) {
    this.#schema = schema;
  }

  /** @throws When the schema does not have a type that it names. */
  resolve(type: TypeSpec): ResolvedType {
    const resolved = {
      plain: new Set<PlainType>(),
      enumerations: new Array<ValuesSpec>(),
      lists: new Array<TypeSpec>(),
      objects: new Array<ObjectType>(),
    };
    const pending = [type];
    for (const next of pending) {
      if (typeof next === 'object') {
        if ('list' in next) resolved.lists.push(next.list);
        else if ('oneOf' in next) resolved.enumerations.push(next);
        else pending.push(...next.anyOf);
      } else if (isPlainType(next)) {
        resolved.plain.add(next);
      } else {
        const named = this.#find(next);
        if ('fields' in named) resolved.objects.push(named);
        else pending.push(named.union);
      }
    }
    return resolved;
  }

  #find(name: string): ObjectType | { readonly union: TypeSpec } {
    const { objects, unions } = this.#schema;
    const fields = objects[name];
    if (fields) return { name, fields };
    const union = unions[name];
    if (union === undefined) throw new Error(`The schema has no type ${name}`);
    return { union };
  }
}

/** The type of a field; undefined when there is no such field. */
export function fieldType({ required, optional }: FieldsSpec, name: string): TypeSpec | undefined {
  if (required && Object.hasOwn(required, name)) return required[name];
  return optional && Object.hasOwn(optional, name) ? optional[name] : undefined;
}

/** The names of the fields that must be there. */
export function requiredNames({ required = {} }: FieldsSpec): string[] {
  return Object.keys(required);
}

/** The names of all fields. */
export function fieldNames({ required = {}, optional = {} }: FieldsSpec): string[] {
  return [...Object.keys(required), ...Object.keys(optional)];
}

/** Whether a value is one of those that an enumeration names. */
export function isOneOf({ oneOf, ignoresCase = false }: ValuesSpec, value: unknown): boolean {
  if (typeof value !== 'string') return oneOf.some((allowed) => allowed === value);
  // Telegram takes emoji with and without a last variation selector, its documentation has them without.
  const wanted = [value, value.replace(/\ufe0f$/, '')];
  if (!ignoresCase) return oneOf.some((allowed) => wanted.some((text) => text === allowed));
  return oneOf.some((allowed) => String(allowed).toLowerCase() === value.toLowerCase());
}

function isPlainType(name: string): name is PlainType {
  return PLAIN_TYPES.has(name);
}
