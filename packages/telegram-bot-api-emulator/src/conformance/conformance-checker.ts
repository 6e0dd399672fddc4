import { BOT_API_SCHEMA } from './bot-api-schema.js';
import type { BotApiSchema, FieldsSpec } from './bot-api-schema.interface.js';
import { suggestName } from './suggest-name.js';
import { NameSuggester } from './name-suggester.js';
import { ParameterDecoder } from './parameter-decoder.js';
import { describeType, shorten } from './problem-wording.js';
import { fieldNames, fieldType, requiredNames, TypeCatalog } from './type-catalog.js';
import { ValueChecker } from './value-checker.js';

/** A call of the Bot API as the client wrote it. */
export interface CheckableCall {
  /** As the client spelled it. */
  readonly method: string;
  /** Of JSON bodies the values, of all other encodings texts. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Whether the parameters came as JSON. */
  readonly isJson: boolean;
  /** The names of the parts of a multipart body that are files. */
  readonly files: ReadonlySet<string>;
  /** The parameters that came in the query string: texts, even beside a JSON body. */
  readonly queryNames?: ReadonlySet<string>;
}

const NOUN = 'parameter of this method';

/**
 * Checks calls against the specification of the Bot API, more strictly than Telegram's server: that
 * ignores what it does not know, and reads nonsense as 0 or as nothing.
 *
 * @example
 * const checker = new ConformanceChecker();
 * checker.check({ method: 'sendMessage', params: { chat: 1, text: 5 }, isJson: true, files });
 * // sendMessage: "chat" is no parameter of this method; did you mean "chat_id"?
 * // sendMessage: "text" must be a string but is the number 5
 * // sendMessage: "chat_id" is missing
 */
export class ConformanceChecker {
  readonly #schema: BotApiSchema;
  readonly #catalog: TypeCatalog;
  readonly #decoder: ParameterDecoder;
  readonly #suggester: NameSuggester;
  /** The methods by their names in lower case. */
  readonly #methods: ReadonlyMap<string, string>;

  constructor(schema: BotApiSchema = BOT_API_SCHEMA) {
    this.#schema = schema;
    this.#catalog = new TypeCatalog(schema);
    this.#decoder = new ParameterDecoder(this.#catalog);
    this.#suggester = new NameSuggester(schema.renamed);
    this.#methods = new Map(
      Object.keys(schema.methods).map((method) => [method.toLowerCase(), method]),
    );
  }

  /** One sentence for everything in a call that the Bot API does not know; none names a token. */
  check(call: CheckableCall): string[] {
    const replacement = this.#suggester.findMethod(call.method);
    const method = this.#methods.get((replacement ?? call.method).toLowerCase());
    const fields = method === undefined ? undefined : this.#schema.methods[method];
    if (method === undefined || !fields) {
      const hint = suggestName(call.method, this.#methods.values());
      return [`${shorten(call.method)}: no method of the Bot API${hint}`];
    }
    const name = replacement === undefined ? method : shorten(call.method);
    return [
      ...(replacement === undefined ? [] : [`is a legacy method; use ${method} instead`]),
      ...this.#checkParameters(call, fields),
    ].map((problem) => `${name}: ${problem}`);
  }

  #checkParameters(call: CheckableCall, fields: FieldsSpec): string[] {
    const known = fieldNames(fields);
    const values = new ValueChecker(this.#catalog, this.#suggester, call.files);
    const decoded = Object.entries(call.params).map(([name, value]) => {
      const type = fieldType(fields, name);
      const isText = !call.isJson || call.queryNames?.has(name) === true;
      const meant = type === undefined ? value : this.#decoder.decode(type, value, isText);
      return { name, type, value: meant };
    });
    const problems = decoded.flatMap(({ name, type, value }) => {
      if (isMethodName(name, value, call)) return [];
      const at = shorten(name);
      if (type === undefined) return [`"${at}" ${this.#suggester.explain(name, NOUN, known)}`];
      if (value === null) return [`"${at}" is null, which Telegram reads as the text "null"`];
      return values.check(type, value, at);
    });
    const attached = findTexts(decoded.map(({ value }) => value));
    const loose = [...call.files].filter((file) => !attached.has(`attach://${file}`));
    const missing = requiredNames(fields).filter(
      (name) => !Object.hasOwn(call.params, name) && !call.files.has(name),
    );
    return [
      ...problems,
      ...loose.flatMap((file) => this.#checkFile(file, fields) ?? []),
      ...missing.map((name) => `"${name}" is missing`),
    ];
  }

  /** Why a file that nothing refers to is out of place; undefined when it is not. */
  #checkFile(name: string, fields: FieldsSpec): string | undefined {
    const type = fieldType(fields, name);
    const at = shorten(name);
    if (type === undefined) {
      const noun = `${NOUN}, nor attached to one`;
      return `the file "${at}" ${this.#suggester.explain(name, noun, fieldNames(fields))}`;
    }
    const expected = this.#catalog.resolve(type);
    if (expected.plain.has('file') || expected.plain.has('upload')) return undefined;
    return `"${at}" must be ${describeType(expected)} but is a file`;
  }
}

/** The method may be named by a parameter, as in the answer of a webhook. */
function isMethodName(name: string, value: unknown, { method }: CheckableCall): boolean {
  return (
    name === 'method' && typeof value === 'string' && value.toLowerCase() === method.toLowerCase()
  );
}

/** All texts in some values; without recursion, since values can be nested very deeply. */
function findTexts(values: readonly unknown[]): ReadonlySet<string> {
  const texts = new Set<string>();
  const pending = [...values];
  for (const value of pending) {
    if (typeof value === 'string') texts.add(value);
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) pending.push(inner);
  }
  return texts;
}
