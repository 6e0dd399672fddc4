import { Injectable, type Type } from '@nestjs/common';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';

/** Validators of numbers, whose fields get numbers. */
const OF_NUMBERS = new Set([
  'isNumber',
  'isInt',
  'isPositive',
  'isNegative',
  'isDivisibleBy',
  'min',
  'max',
]);
const OF_BOOLEANS = 'isBoolean';
const OPTIONAL = 'isOptional';

/** Without a comma, which means thousands to some and decimals to others. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;
const TRUE = /^(?:true|yes|on)$/i;
const FALSE = /^(?:false|no|off)$/i;

const NAMED = /^(\w+)=([^]*)$/;

/** A field of a DTO. */
interface Field {
  readonly name: string;
  /** The names of its validators. */
  readonly validators: ReadonlySet<string>;
}

/** Arguments that were read: the DTO, or what is wrong with them. */
export type ReadArguments<Dto> = { readonly dto: Dto } | { readonly problems: readonly string[] };

/**
 * Makes a DTO of the arguments of a command. The fields are those with a decorator of class-validator, in the order in
 * which they are declared. A word `name=value` fills the field of that name; the others fill what is left in order, and
 * the last field takes all that remains. A field with a validator of numbers gets a number, one with `@IsBoolean()` true
 * or false, all others the text.
 */
@Injectable()
export class ArgumentReader {
  async read<Dto>(type: Type<Dto>, words: readonly string[]): Promise<ReadArguments<Dto>> {
    const fields = fieldsOf(type);
    const { values, left } = assign(fields, words);
    if (left.length > 0) return { problems: [`there is nothing that takes "${left[0] ?? ''}"`] };
    const dto = new type();
    if (typeof dto !== 'object' || dto === null) {
      throw new TypeError(`${type.name} is no class that could be a dto`);
    }
    for (const { name, validators } of fields) {
      const value = values.get(name);
      if (value !== undefined) Reflect.set(dto, name, convert(value, validators));
    }
    const errors = await validate(dto, { validationError: { target: false, value: false } });
    return errors.length > 0 ? { problems: errors.flatMap(messagesOf) } : { dto };
  }

  /** What the arguments are, such as `<amount> [reason]`. */
  usageOf(type: Type<unknown>): string {
    const shown = fieldsOf(type).map(({ name, validators }) =>
      validators.has(OPTIONAL) ? `[${name}]` : `<${name}>`,
    );
    return shown.join(' ');
  }
}

function fieldsOf(type: Type<unknown>): Field[] {
  const validators = new Map<string, Set<string>>();
  const all = getMetadataStorage().getTargetValidationMetadatas(type, type.name, false, false);
  for (const { propertyName, name = '' } of all) {
    const known = validators.get(propertyName) ?? new Set();
    validators.set(propertyName, known.add(name));
  }
  return [...validators].map(([name, names]) => ({ name, validators: names }));
}

function assign(fields: readonly Field[], words: readonly string[]) {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (const word of words) {
    const [, name = '', value = ''] = NAMED.exec(word) ?? [];
    const isFree = fields.some((field) => field.name === name) && !values.has(name);
    if (isFree) values.set(name, value);
    else rest.push(word);
  }
  const open = fields.filter(({ name }) => !values.has(name));
  for (const [index, { name }] of open.entries()) {
    const own = index === open.length - 1 ? rest.splice(0) : rest.splice(0, 1);
    if (own.length > 0) values.set(name, own.join(' '));
  }
  return { values, left: rest };
}

/** What is none stays a text, which the validator refuses in its own words. */
function convert(value: string, validators: ReadonlySet<string>): unknown {
  if (validators.has(OF_BOOLEANS) && TRUE.test(value)) return true;
  if (validators.has(OF_BOOLEANS) && FALSE.test(value)) return false;
  const isNumber = [...validators].some((name) => OF_NUMBERS.has(name));
  return isNumber && NUMBER.test(value) ? Number(value) : value;
}

function messagesOf({ constraints = {} }: ValidationError): string[] {
  return Object.values(constraints).slice(0, 1);
}
