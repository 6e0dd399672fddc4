import { describe, expect, it } from 'vitest';
import { isMultipart, parseBody, parseForm, type ParsedBody } from './body-parser.js';

const FORM = 'application/x-www-form-urlencoded';

describe('parseBody', () => {
  it.each([
    ['application/json', '{"a":1,"b":"x","c":null}', { a: 1, b: 'x', c: null }],
    ['Application/JSON; charset=utf-8', '{"a":[1,{"b":true}]}', { a: [1, { b: true }] }],
    ['application/json', '{"a":1,"b":', { a: 1 }],
    ['application/json', '', {}],
    [FORM, 'a=1&b=x+y&c=%F0%9F%98%80&d', { a: '1', b: 'x y', c: '😀', d: '' }],
    [`${FORM}; charset=utf-8`, 'a=%7B%7D', { a: '{}' }],
    [FORM, '', {}],
    ['text/plain', '{"a":1}', {}],
    ['', 'a=1', {}],
    ['multipart/mixed; boundary=x', '--x\r\n\r\n1\r\n--x--', {}],
  ])('takes of the type %j and the body %j the parameters %j', (type, body, expected) => {
    const parsed = parseBody(type, Buffer.from(body));
    expect(valuesOf(parsed)).toEqual(expected);
    expect(parsed.files.size).toBe(0);
  });

  it.each([
    ['application/json', '{"a":"Grüße"}'],
    [FORM, 'a=Grüße'],
    ['multipart/form-data; boundary=x', `${textPart('a', 'Grüße')}--x--`],
  ])('reads the text of %s as UTF-8, and what is none as a lone surrogate', (type, body) => {
    expect(valuesOf(parseBody(type, Buffer.from(body)))).toEqual({ a: 'Grüße' });
    const broken = Buffer.from(body, 'latin1');
    expect(Array.from(parseBody(type, broken).entries, ([, { text }]) => text)).toEqual([
      'Gr\ud800\ud800e',
    ]);
  });

  it('parts the texts of a multipart body from its files', () => {
    const body = [
      textPart('chat_id', '7'),
      filePart('photo', 'a.png', 'first'),
      textPart('caption', 'hi'),
      filePart('photo', 'b.png', 'second'),
      '--x--',
    ].join('');
    const parsed = parseBody('multipart/form-data; boundary=x', Buffer.from(body));
    expect(valuesOf(parsed)).toEqual({ chat_id: '7', caption: 'hi' });
    expect([...parsed.files]).toEqual([
      [
        'photo',
        { fileName: 'a.png', contentType: '', bytes: new Uint8Array(Buffer.from('first')) },
      ],
    ]);
  });

  it('says a text as it is and a value as its JSON', () => {
    const { entries } = parseBody('application/json', Buffer.from('{"a": [1, 2], "b": "[1]"}'));
    expect([...entries]).toEqual([
      ['a', { text: '[1, 2]', value: [1, 2] }],
      ['b', { text: '[1]', value: '[1]' }],
    ]);
  });
});

describe('parseForm', () => {
  it.each([
    ['a=1%2B1+x', 'a', '1+1 x'],
    ['a=b=c%3d', 'a', 'b=c='],
    ['a%20b=%c3%BC', 'a b', 'ü'],
    ['a=100%&', 'a', '100%'],
    ['a=%4%zz', 'a', '%4%zz'],
    ['a=%FF', 'a', '\ud800'],
    ['=x', '', 'x'],
    ['a', 'a', ''],
  ])('reads %j as %j with the text %j', (encoded, name, text) => {
    expect(parseForm(encoded)).toEqual([[name, { text, value: text }]]);
  });

  it('keeps all of one name, in their order', () => {
    expect(parseForm('a=1&b=2&a=3')).toEqual([
      ['a', { text: '1', value: '1' }],
      ['b', { text: '2', value: '2' }],
      ['a', { text: '3', value: '3' }],
    ]);
  });
});

describe('isMultipart', () => {
  it.each([
    ['multipart/form-data; boundary=x', true],
    ['Multipart/Form-Data', true],
    ['multipart/mixed; boundary=x', false],
    ['application/json', false],
    ['', false],
  ])('says of %j %s', (type, expected) => {
    expect(isMultipart(type)).toBe(expected);
  });
});

function valuesOf({ entries }: ParsedBody): Record<string, unknown> {
  return Object.fromEntries(Array.from(entries, ([name, { value }]) => [name, value]));
}

function textPart(name: string, text: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
}

function filePart(name: string, fileName: string, content: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n${content}\r\n`;
}
