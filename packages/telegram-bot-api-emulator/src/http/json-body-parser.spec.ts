import { describe, expect, it } from 'vitest';
import { JsonBodyParser } from './json-body-parser.js';

describe('JsonBodyParser', () => {
  it('reads every value as a text and as it was written', () => {
    const body = '{ "a": "x\\n\\u0041", "b": -100123, "c": true, "d": {"e": [1, "}"]} }';
    expect(JsonBodyParser.parse(body)).toEqual([
      ['a', { text: 'x\nA', value: 'x\nA' }],
      ['b', { text: '-100123', value: -100_123 }],
      ['c', { text: 'true', value: true }],
      ['d', { text: '{"e": [1, "}"]}', value: { e: [1, '}'] } }],
    ]);
  });

  it('reads null as the text "null"', () => {
    expect(JsonBodyParser.parse('{"a":null}')).toEqual([['a', { text: 'null', value: null }]]);
  });

  it.each([
    ['{"a":1,"b":}', ['a']],
    ['{"a":1,"b"', ['a']],
    ['{"a":1,"b":[1,', ['a']],
    ['{"a":1,"b":{"c":1,}}', ['a']],
    ['{"a":1 "b":2}', ['a']],
    ['{"a":1,', ['a']],
    ['{"a":1', ['a']],
    ['{"a":"x', []],
    ['{a:1}', []],
    ['[1]', []],
    ['"text"', []],
    ['null', []],
    ['', []],
    ['{}', []],
  ])('keeps of %s the parameters %j', (body, names) => {
    expect(JsonBodyParser.parse(body).map(([name]) => name)).toEqual(names);
  });

  it('takes line breaks inside of texts', () => {
    expect(JsonBodyParser.parse('{"a":"x\ny",\n"b":["\t"]}').map(([, { value }]) => value)).toEqual(
      ['x\ny', ['\t']],
    );
  });

  it('keeps half a surrogate pair', () => {
    expect(JsonBodyParser.parse('{"a":"\\ud83d"}')).toEqual([
      ['a', { text: '\ud83d', value: '\ud83d' }],
    ]);
  });
});
