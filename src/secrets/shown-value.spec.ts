import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.js';
import { shownName, shownValue } from './shown-value.js';

const secretPart = `AAH${'wiring'.repeat(5)}12`;
const token = `7000000001:${secretPart}`;

/** Random, and the same in each run. */
const random = (seed: number) => createHash('sha256').update(String(seed)).digest();

describe('shownValue', () => {
  it.each([
    ['a bot token', token],
    ['its secret part', secretPart],
    ['a short token', '1:a'],
    ['a token in a text', `use ${token} please`],
    ['a token in a URL', `https://api.telegram.org/bot${token}`],
    ['an encoded token', `https://example.org/bot7000000001%3A${'ab'.repeat(5)}`],
    ['a token of digits', '7000000001:12345678901234567890'],
    ['a token with a space', `7000000001: ${secretPart}`],
    ['half a token', token.slice(0, 18)],
    ['a URL with a password', 'redis://:hunter2@127.0.0.1:6379'],
    ['a URL with a password that has a space', 'redis://:hunter 2@127.0.0.1'],
    ['a URL with a user', 'https://hunter2@example.org'],
    ['a password without a scheme', 'hunter2@localhost:6379'],
    ['a URL with a key in its query', 'https://example.org/?k=hunter2'],
    ['an assignment', 'password=hunter2'],
    ['hex digits', random(1).toString('hex')],
    ['few hex digits', '9f86d081884c7d65'],
    ['a UUID', '550e8400-e29b-41d4-a716-446655440000'],
    ['base64', 'dGhpcyBpcyBhIHNlY3JldA=='],
    ['base32', 'JBSWY3DPEHPK3PXP'],
    ['letters', 'abcdefghijklmnopqrstuvwxyz'],
    ['words without a space', 'webhookSecret_webhookSecret_webhookSecret'],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'],
    ['a password with signs', 'q7$Rk2!vZ9#mW4^tX8&bN'],
    ['a password with few signs', '!Rk2vZ9mW4!tX8bN7q'],
    ['a password of small letters and signs', 'kd!sl?a9*2ls(dk)3jf;ls'],
    ['a long text', 'a b '.repeat(20)],
  ])('describes %s', (_name, value) => {
    expect(shownValue(value)).toBe(`a string of ${value.length} characters`);
  });

  it('describes random strings of any alphabet', () => {
    const encodings = ['base64', 'base64url', 'hex'] as const;
    const shown = Array.from({ length: 500 }, (_, seed) => random(seed))
      .flatMap((bytes) => encodings.map((encoding) => bytes.toString(encoding)))
      .flatMap((text) => [text, text.slice(0, 24)])
      .filter((text) => shownValue(text).includes(text));
    expect(shown).toEqual([]);
  });

  it.each([
    'example.org',
    'app.example.com',
    'http://app.example.com',
    'https://app.example.com:3000/telegram/webhook',
    'https://127.0.0.1',
    'http://localhost:3000',
    'localhost:6379',
    'redis://10.0.0.5:6379/2',
    'my-very-long-host-name-in-aws',
    'carrier-pigeon-2',
    'pigeon',
    '@the desk',
    '-1001234567890',
    'TELEGRAM_ADMIN_CHAT_ID',
    '${TELEGRAM_ADMIN_CHAT_ID}',
    '@my_company_support_desk',
    'support:{tenant}:desk',
    'web1app.eu-west-1.example.com',
    '"https://app.example.com"',
    '<https://app.example.com>',
    '',
  ])('shows %j', (value) => {
    expect(shownValue(value)).toBe(JSON.stringify(value));
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [true, 'true'],
    [Number.NaN, 'NaN'],
    [-1_001, '-1001'],
    [5n, '5n'],
    [10n ** 80n, 'a bigint'],
    [Symbol(token), 'a symbol'],
    [() => token, 'a function'],
    [Error, 'a function'],
    [Secret, 'a class'],
    [[token], 'an array'],
    [Promise.resolve(token), 'a Promise'],
    [{ token }, 'an object'],
    [
      {
        get host(): never {
          throw new Error(token);
        },
        toJSON: (): never => {
          throw new Error(token);
        },
        toString: (): string => token,
      },
      'an object',
    ],
  ])('shows the kind of a value that is not a string (%#)', (value, shown) => {
    expect(shownValue(value)).toBe(shown);
  });

  it('escapes line breaks and direction overrides', () => {
    expect(shownValue('a\n\u2028\u202e\u200b')).toBe(String.raw`"a\n\u{2028}\u{202e}\u{200b}"`);
  });
});

describe('shownName', () => {
  it('shows names of options, and describes a secret in place of one', () => {
    for (const name of ['webhokUrl', 'requestTimeoutMillis', '__proto__', 'removeWebhookOnStart']) {
      expect(shownName(name)).toBe(name);
    }
    expect(shownName('a\nb')).toBe(String.raw`"a\nb"`);
    expect(shownName(token)).toBe('[a name of 46 characters]');
  });
});
