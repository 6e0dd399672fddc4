import { describe, expect, it } from 'vitest';
import { BOT_API_SCHEMA } from './bot-api-schema.js';
import type { TypeSpec } from './bot-api-schema.interface.js';
import { fieldType, isOneOf, TypeCatalog } from './type-catalog.js';

/** All types that a schema names, with those inside of them. */
function partsOf(type: TypeSpec): TypeSpec[] {
  if (typeof type === 'string' || 'oneOf' in type) return [type];
  return 'list' in type ? [type, ...partsOf(type.list)] : [type, ...type.anyOf.flatMap(partsOf)];
}

describe('TypeCatalog', () => {
  const catalog = new TypeCatalog(BOT_API_SCHEMA);

  it('knows every type that the schema of the Bot API names', () => {
    const { methods, objects, unions } = BOT_API_SCHEMA;
    const fields = [...Object.values(methods), ...Object.values(objects)].flatMap(
      ({ required, optional }) => Object.values({ ...required, ...optional }),
    );
    const types = [...fields, ...Object.values(unions)].flatMap(partsOf);

    expect(types.length).toBeGreaterThan(2_000);
    expect(() => types.map((type) => catalog.resolve(type))).not.toThrow();
  });

  it('sorts what a union may be by kind, through unions inside of it', () => {
    const { plain, lists, objects, enumerations } = catalog.resolve({
      anyOf: ['RichText', 'ParseMode', 'number'],
    });
    expect([...plain]).toEqual(['number', 'string']);
    expect(lists).toEqual(['RichText']);
    expect(objects.map(({ name }) => name)).toContain('RichTextBold');
    expect(enumerations).toEqual([
      { oneOf: ['Markdown', 'MarkdownV2', 'HTML'], ignoresCase: true },
    ]);
  });

  it('does not resolve a type that the schema does not have', () => {
    expect(() => catalog.resolve('NoType')).toThrow('NoType');
  });
});

describe('fieldType', () => {
  it('finds no field in what every object inherits', () => {
    expect(fieldType({ required: { a: 'number' }, optional: {} }, 'constructor')).toBeUndefined();
    expect(fieldType({ required: { a: 'number' } }, 'a')).toBe('number');
    expect(fieldType({ optional: { a: 'number' } }, 'a')).toBe('number');
    expect(fieldType({}, 'a')).toBeUndefined();
  });
});

describe('isOneOf', () => {
  it.each([
    ['HTML', true],
    ['html', false],
    ['❤', true],
    ['❤\ufe0f', true],
    [3, true],
    ['3', false],
    [null, false],
  ])('finds of %j %s', (value, isFound) => {
    expect(isOneOf({ oneOf: ['HTML', '❤', 3] }, value)).toBe(isFound);
  });

  it('may ignore upper and lower case', () => {
    expect(isOneOf({ oneOf: ['HTML'], ignoresCase: true }, 'hTmL')).toBe(true);
    expect(isOneOf({ oneOf: ['HTML'], ignoresCase: true }, 'xml')).toBe(false);
  });
});
