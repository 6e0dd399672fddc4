import { gzipSync, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';

/** The body and the headers of a request. */
export interface HostileBody {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };

/** Numbers at the limits of languages and of Telegram. */
const NUMBERS = [
  0,
  -0,
  -1,
  1.5,
  1e-7,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 60),
  Number.MAX_VALUE,
  1_087_968_824,
  136_817_688,
  777_000,
];

const STRINGS = [
  '',
  '0',
  'true',
  'null',
  '\u0000',
  '\ud83d',
  '\u202e',
  '<b>',
  '${7*7}',
  '../..',
  '🏳️‍🌈',
];

/** Values of the wrong type. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(...NUMBERS, ...STRINGS, true, false, null, [], {}, [[]]),
  fc.constantFrom('x', '\n', '"', '😀').map((piece): unknown => piece.repeat(1_000)),
  fc.integer({ min: 1, max: 300 }).map((levels) => nested(levels, 'list')),
  fc.integer({ min: 1, max: 300 }).map((levels) => nested(levels, 'object')),
  fc.jsonValue({ maxDepth: 2 }).map((value): unknown => value),
);

const POLLUTION = ['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'then', 'length'];

/** One change to a JSON value: the path to it, as steps through its keys, and the new value. */
const change = fc.record({
  walk: fc.array(fc.nat({ max: 30 }), { maxLength: 6 }),
  kind: fc.constantFrom('replace', 'remove', 'pollute', 'wrap', 'repeat'),
  key: fc.constantFrom(...POLLUTION),
  value: nasty,
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Bodies of every kind; those made from recorded updates get a new id each. */
export function hostileBodies(
  recordings: readonly string[],
  nextId: () => number,
): fc.Arbitrary<HostileBody> {
  const mutations = fc
    .tuple(fc.constantFrom(...recordings), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) => mutated(text, changes, nextId()));
  const text = fc.oneof(
    { weight: 12, arbitrary: mutations },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constantFrom(...recordings), fc.nat(), fc.string()).map(broken),
    },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 5_000 }).map((n) => '['.repeat(n) + ']'.repeat(n)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...CORPUS) },
  );
  return fc.oneof(
    { weight: 16, arbitrary: text.map((body) => ({ body, headers: JSON_HEADERS })) },
    {
      weight: 2,
      arbitrary: fc.tuple(text, fc.constantFrom(...ENVELOPES)).map(([body, wrap]) => wrap(body)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(bytes) },
  );
}

const CORPUS = [
  '',
  ' ',
  'null',
  '[]',
  '{}',
  '"x"',
  '1',
  '-',
  '1e999',
  'NaN',
  '{"update_id":1e999}',
  '{"update_id":',
  '\u0000',
  '{"update_id":9007199254740993}',
  '{"update_id":1,"update_id":2,"message":{"message":1}}',
  '{"update_id":1,"__proto__":{"message":{}},"constructor":{"prototype":{"isAdmin":true}}}',
  '{"__proto__":{"update_id":1}}',
  `{"update_id":1,"message":${'{"reply_to_message":'.repeat(2_000)}1${'}'.repeat(2_001)}`,
];

/** Prefixes of a body: 30 MB of spaces in 30 KB, and 1 MB in 1 KB. */
const BOMBS = [30, 1].map((megabytes) => gzipSync(' '.repeat(megabytes * 1024 * 1024)));

/** Ways to send a body that Telegram does not use. */
const ENVELOPES: ReadonlyArray<(text: string) => HostileBody> = [
  (text) => ({ body: `\ufeff${text}`, headers: JSON_HEADERS }),
  (text) => ({
    body: Buffer.from(text, 'utf16le'),
    headers: typed('application/json; charset=utf-16le'),
  }),
  (text) => ({
    body: Buffer.from(text, 'latin1'),
    headers: typed('application/json; charset=latin1'),
  }),
  (text) => ({ body: text, headers: typed('application/json; charset=utf-7') }),
  (text) => ({ body: text, headers: typed('application/json; charset="') }),
  (text) => ({ body: text, headers: typed('text/plain') }),
  (text) => ({ body: text, headers: typed('application/x-www-form-urlencoded') }),
  (text) => ({ body: text, headers: typed('multipart/form-data; boundary=x') }),
  (text) => ({ body: text, headers: typed('application/vnd.api+json') }),
  (text) => ({ body: text, headers: typed('/') }),
  (text) => ({ body: text, headers: {} }),
  (text) => ({ body: gzipSync(text), headers: encoded('gzip') }),
  (text) => ({ body: deflateSync(text), headers: encoded('deflate') }),
  (text) => ({ body: text, headers: encoded('gzip') }),
  (text) => ({ body: gzipSync(text).subarray(0, 20), headers: encoded('gzip') }),
  (text) => ({ body: gzipSync(gzipSync(text)), headers: encoded('gzip, gzip') }),
  (text) => ({ body: text, headers: encoded('br') }),
  (text) => ({ body: text, headers: encoded('telepathy') }),
  (text) => ({
    body: Buffer.concat([BOMBS[text.length % 2] ?? Buffer.alloc(0), gzipSync(text)]),
    headers: encoded('gzip'),
  }),
];

function typed(type: string): Record<string, string> {
  return { 'Content-Type': type };
}

function encoded(encoding: string): Record<string, string> {
  return { ...JSON_HEADERS, 'Content-Encoding': encoding };
}

function bytes(body: Uint8Array): HostileBody {
  return { body: Buffer.from(body), headers: JSON_HEADERS };
}

/** A recorded update with some changes, most of them deep inside. */
function mutated(text: string, changes: readonly Change[], updateId: number): string {
  const update: object = JSON.parse(text);
  if (updateId % 10 === 0) return toJson(changes.reduce<unknown>(mutate, update));
  const contents = Object.entries(update).map(([name, content]) => {
    return [name, changes.reduce<unknown>(mutate, content)] as const;
  });
  return toJson({ ...Object.fromEntries(contents), update_id: updateId });
}

function nested(levels: number, kind: 'list' | 'object'): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i += 1) value = kind === 'list' ? [value] : { a: value };
  return value;
}

/** The value as JSON; a word when it is nested too deep for that. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return '"too deep"';
  }
}

/** Inserts something at some place, or truncates the rest. */
function broken([text, place, inserted]: [string, number, string]): string {
  const index = place % text.length;
  return text.slice(0, index) + (place % 3 === 0 ? '' : inserted + text.slice(index));
}

function mutate(value: unknown, { walk, kind, key, value: put }: Change): unknown {
  const [step, ...rest] = walk;
  const isLeaf = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  if (step === undefined || isLeaf) return changed(value, kind, key, put);
  const entries = Object.entries(value);
  const [name, inner] = entries[step % entries.length] ?? ['', null];
  if (rest.length === 0 && kind === 'remove') {
    return Array.isArray(value)
      ? value.toSpliced(step % entries.length, 1)
      : Object.fromEntries(entries.filter(([other]) => other !== name));
  }
  const changedInner = mutate(inner, { walk: rest, kind, key, value: put });
  if (Array.isArray(value)) return value.with(step % entries.length, changedInner);
  return Object.fromEntries(
    entries.map(([other, same]) => [other, other === name ? changedInner : same]),
  );
}

function changed(value: unknown, kind: Change['kind'], key: string, put: unknown): unknown {
  switch (kind) {
    case 'pollute':
      // Unlike an assignment, this creates an own property, even for __proto__.
      return Object.fromEntries([...Object.entries(Object(value)), [key, put]]);
    case 'wrap':
      return [value];
    case 'repeat':
      return Array.from({ length: 8 }, () => value);
    case 'replace':
    case 'remove':
      return put;
  }
}
