import { describe, expect, it } from 'vitest';
import { describeType, describeValue, describeValues, shorten } from './problem-wording.js';
import { TypeCatalog } from './type-catalog.js';

const SECRET = 'AAHsecretsecretsecretsecretsecret12';
const NO_TYPES = { methods: {}, objects: {}, unions: {}, renamed: { methods: {}, fields: {} } };

describe('shorten', () => {
  it.each([
    ['short', 'short'],
    ['two\nlines "quoted"', String.raw`two\nlines \"quoted\"`],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), `${'x'.repeat(59)}…`],
    [`${'x'.repeat(58)}😀😀`, `${'x'.repeat(58)}\ufffd…`],
    ['12:30 at the office', '12:30 at the office'],
  ])('makes of %j %j', (text, short) => {
    expect(shorten(text)).toBe(short);
  });

  it.each([
    `7000000001:${SECRET}`,
    `https://api.telegram.org/bot7000000001:${SECRET}/getMe`,
    `https://api.telegram.org/bot7000000001%3A${SECRET}/getMe`,
    `${'x'.repeat(40)} 7000000001:${SECRET}`,
    `7000000001:${SECRET} `.repeat(1_000),
    `${'1'.repeat(100_000)}:${SECRET}`,
  ])('hides the token in %s', (text) => {
    expect(shorten(text)).not.toContain(SECRET.slice(0, 8));
    expect(shorten(text).length).toBeLessThanOrEqual(60);
  });
});

describe('describeValue', () => {
  it.each([
    ['7', 'the string "7"'],
    [5, 'the number 5'],
    [false, 'the boolean false'],
    [null, 'null'],
    [[1], 'an array'],
    [{ a: 1 }, 'an object'],
  ])('calls %j %s', (value, description) => {
    expect(describeValue(value)).toBe(description);
  });
});

describe('describeValues', () => {
  const many = Array.from({ length: 13 }, (_, index) => index);

  it.each([
    [['HTML'], '"HTML"'],
    [['HTML', 'HTML', 'Markdown'], 'one of "HTML", "Markdown"'],
    [many, 'one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12'],
    [[...many, 13], 'one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 2 others'],
  ])('makes of %j %s', (values, description) => {
    expect(describeValues(values)).toBe(description);
  });
});

describe('describeType', () => {
  it.each([
    ['number', 'a number'],
    [{ anyOf: ['string', 'number'] }, 'a string or a number'],
    [{ anyOf: ['true', { oneOf: ['a', 'b'] }] }, 'true or one of "a", "b"'],
    [{ anyOf: [{ list: 'number' }, { list: 'string' }, 'upload'] }, 'an uploaded file or an array'],
  ])('calls %j %s', (type, description) => {
    expect(describeType(new TypeCatalog(NO_TYPES).resolve(type))).toBe(description);
  });
});
