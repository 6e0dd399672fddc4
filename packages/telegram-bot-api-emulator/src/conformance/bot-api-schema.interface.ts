/** What the Bot API expects of its callers. */
export interface BotApiSchema {
  /** The parameters of every method. */
  readonly methods: Readonly<Record<string, FieldsSpec>>;
  /** The fields of every type of object. */
  readonly objects: Readonly<Record<string, FieldsSpec>>;
  /** Unions and enumerations that have a name of their own. */
  readonly unions: Readonly<Record<string, TypeSpec>>;
  /** What was given another name, by the name it had. */
  readonly renamed: {
    readonly methods: Readonly<Record<string, string>>;
    readonly fields: Readonly<Record<string, string>>;
  };
}

/** The parameters of a method or the fields of an object, by name. */
export interface FieldsSpec {
  readonly required?: Readonly<Record<string, TypeSpec>>;
  readonly optional?: Readonly<Record<string, TypeSpec>>;
}

/** What a value must be: a {@link PlainType} or the name of an object or a union, or one of these. */
export type TypeSpec = string | ListSpec | UnionSpec | ValuesSpec;

/** An array whose items are all of one type. */
export interface ListSpec {
  readonly list: TypeSpec;
}

/** Any of several types. */
export interface UnionSpec {
  readonly anyOf: readonly TypeSpec[];
}

/** One of some texts or numbers. */
export interface ValuesSpec {
  readonly oneOf: ReadonlyArray<string | number>;
  /** Whether upper and lower case of texts are the same. */
  readonly ignoresCase?: boolean;
}

/**
 * A type that needs no explanation. `true` is that value alone, `file` an uploaded file or a text
 * that names one which Telegram has or can fetch, `upload` an uploaded file alone.
 */
export type PlainType = 'boolean' | 'file' | 'number' | 'string' | 'true' | 'upload';
