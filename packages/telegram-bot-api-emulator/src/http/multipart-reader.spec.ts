import { describe, expect, it } from 'vitest';
import { MultipartReader } from './multipart-reader.js';
import type { MultipartPart } from './part-collector.js';

const TYPE = 'multipart/form-data; boundary=XyZ';
/** The end of a line as HTTP knows it. */
const EOL = '\r\n';

describe('MultipartReader', () => {
  it.each([
    ['with quotes', 'Content-Disposition: form-data; name="text"'],
    ['without quotes', 'Content-Disposition: form-data; name=text'],
    ['without spaces', 'content-disposition:form-data;name="text"'],
    ['without spaces and quotes', 'content-disposition:form-data;name=text'],
    ['with spaces all over', 'CONTENT-DISPOSITION:   form-data ;  NAME = "text"  '],
    ['after another header', `Content-Length: 2${EOL}Content-Disposition: form-data; name=text`],
  ])('reads a text whose name comes %s', (_how, headers) => {
    expect(parse(part(headers, 'hi') + END)).toEqual([{ name: 'text', text: 'hi' }]);
  });

  it.each([
    ['"a b.txt"', 'a b.txt'],
    ['a.png', 'a.png'],
    ['"Grüße 😀.pdf"', 'Grüße 😀.pdf'],
    [String.raw`"a\"b\\c.txt"`, String.raw`a"b\c.txt`],
    ['"a;b=c.txt"', 'a;b=c.txt'],
    ['""', ''],
    ['', ''],
  ])('takes a part with the file name %s for a file', (written, fileName) => {
    const headers = `content-disposition:form-data;name="x";filename=${written}${EOL}content-type:text/plain; charset=utf-8`;
    expect(parse(part(headers, 'abc') + END)).toEqual([
      {
        name: 'x',
        file: { fileName, contentType: 'text/plain', bytes: new Uint8Array([97, 98, 99]) },
      },
    ]);
  });

  it('does not take the name of a file for that of its part', () => {
    const headers = 'Content-Disposition: form-data; filename="name=y"; name="x"';
    expect(parse(part(headers, '') + END)).toMatchObject([{ name: 'x' }]);
  });

  it('leaves the type of a file empty that has none', () => {
    expect(parse(part(named('x', 'a.bin'), '') + END)).toEqual([
      { name: 'x', file: { fileName: 'a.bin', contentType: '', bytes: new Uint8Array() } },
    ]);
  });

  it('keeps every byte of a file, line ends and beginnings of the boundary included', () => {
    const bytes = Buffer.concat([
      Buffer.from(Array.from({ length: 256 }, (_unused, byte) => byte)),
      Buffer.from(`${EOL}${EOL}--${EOL}--XyY${EOL}--Xy${EOL}-XyZ${EOL}`),
      Buffer.from([0xff, 0xfe, 0x0d, 0x0a]),
    ]);
    const body = Buffer.concat([
      Buffer.from(`--XyZ${EOL}${named('x', 'a')}${EOL}${EOL}`),
      bytes,
      Buffer.from(`${EOL}${END}`),
    ]);
    const file = { fileName: 'a', contentType: '', bytes: new Uint8Array(bytes) };
    expect(MultipartReader.read(TYPE, body)).toEqual([{ name: 'x', file }]);
    for (let size = 1; size <= 20; size++) {
      const reader = new MultipartReader(TYPE);
      for (let at = 0; at < body.length; at += size) reader.push(body.subarray(at, at + size));
      expect(reader.parts).toEqual([{ name: 'x', file }]);
    }
  });

  it('keeps the line ends of a text', () => {
    expect(parse(part(named('text'), `${EOL}a${EOL}${EOL}b${EOL}`) + END)).toEqual([
      { name: 'text', text: `${EOL}a${EOL}${EOL}b${EOL}` },
    ]);
  });

  it('reads empty parts, also where one line end ends the headers and the part', () => {
    const tight = `--XyZ${EOL}${named('tight')}${EOL}${EOL}`;
    expect(parse(part(named('empty'), '') + tight + part(named('next'), 'n') + END)).toEqual([
      { name: 'empty', text: '' },
      { name: 'tight', text: '' },
      { name: 'next', text: 'n' },
    ]);
  });

  it('keeps several parts in their order, of one name too', () => {
    const body = part(named('a'), '1') + part(named('b', 'b.txt'), '2') + part(named('a'), '3');
    expect(parse(body + END).map(({ name }) => name)).toEqual(['a', 'b', 'a']);
  });

  it('passes over what stands before the first part and after the last', () => {
    const body = `This is a message in MIME format.${EOL}${part(named('a'), '1')}${END}${EOL}${part(named('b'), '2')}`;
    expect(parse(body)).toEqual([{ name: 'a', text: '1' }]);
  });

  it.each([
    ['quoted', 'multipart/form-data; boundary="XyZ"'],
    ['in another case', 'Multipart/Form-Data; Boundary=XyZ'],
    ['before another parameter', 'multipart/form-data; boundary=XyZ; charset=utf-8'],
    ['after another parameter', 'multipart/form-data; charset=utf-8;boundary=XyZ'],
  ])('takes a boundary that is %s', (_how, type) => {
    expect(parse(part(named('a'), '1') + END, type)).toEqual([{ name: 'a', text: '1' }]);
  });

  it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'text/plain', ''])(
    'finds nothing in a body of the type %j, which names no boundary',
    (type) => {
      expect(parse(part(named('a'), '1') + END, type)).toEqual([]);
    },
  );

  it.each([
    ['nothing at all', ''],
    ['only the closing boundary', END],
    ['no boundary', 'name=a&b=c'],
    ['another boundary', (part(named('a'), '1') + END).replaceAll('XyZ', 'Xyz')],
    ['the boundary alone', '--XyZ'],
    ['headers without an end', `--XyZ${EOL}${named('a')}`],
  ])('finds nothing in a body that holds %s', (_what, body) => {
    expect(parse(body)).toEqual([]);
  });

  it('does not take a part whose end is missing', () => {
    const body = `${part(named('a'), '1')}--XyZ${EOL}${named('b')}${EOL}${EOL}2`;
    expect(parse(body)).toEqual([{ name: 'a', text: '1' }]);
    expect(parse(part(named('a'), '1').trimEnd())).toEqual([]);
  });

  it.each([
    ['whose headers do not end', `--XyZ${EOL}X-Broken: yes${EOL}`],
    ['without headers', part('', 'x')],
    ['without a name', part('Content-Disposition: form-data; filename="a.txt"', 'x')],
    ['without a disposition', part('Content-Type: text/plain', 'x')],
  ])('does not look at what follows a part %s', (_what, broken) => {
    const body = part(named('a'), '1') + broken + part(named('b'), '2') + END;
    expect(parse(body)).toEqual([{ name: 'a', text: '1' }]);
  });

  it('counts the bytes of texts, not those of files, while they come', () => {
    const reader = new MultipartReader(TYPE);
    reader.push(Buffer.from(`${part(named('a'), 'é')}${part(named('b', 'b.txt'), 'file')}`));
    expect(reader.textBytes).toBe(2);
    reader.push(Buffer.from(`--XyZ${EOL}${named('c')}${EOL}${EOL}${'x'.repeat(100)}`));
    expect(reader.textBytes).toBeGreaterThan(90);
  });

  it('shows by a lone surrogate that a text is no UTF-8', () => {
    const body = Buffer.concat([
      Buffer.from(`--XyZ${EOL}${named('a')}${EOL}${EOL}x`),
      Buffer.from([0xff]),
      Buffer.from(`${EOL}${END}`),
    ]);
    expect(MultipartReader.read(TYPE, body)).toEqual([{ name: 'a', text: 'x\ud800' }]);
  });
});

const END = `--XyZ--${EOL}`;

function named(name: string, fileName?: string): string {
  const file = fileName === undefined ? '' : `; filename="${fileName}"`;
  return `Content-Disposition: form-data; name="${name}"${file}`;
}

function part(headers: string, content: string): string {
  return `--XyZ${EOL}${headers}${EOL}${EOL}${content}${EOL}`;
}

/** Reads a body as a whole; in pieces, however small, there must be the same in it. */
function parse(body: string, type = TYPE): MultipartPart[] {
  const bytes = Buffer.from(body);
  const parts = MultipartReader.read(type, bytes);
  for (const size of [1, 2, 3, 7, 16]) {
    const reader = new MultipartReader(type);
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    expect(reader.parts).toEqual(parts);
  }
  return parts;
}
