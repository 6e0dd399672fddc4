import { describe, expect, it } from 'vitest';
import { BotToken } from './bot-token.js';
import { Redactor } from './redactor.js';
import { Secret } from './secret.js';

const TOKEN = '7000000001:AAHsecretsecretsecretsecretsecret12';

describe('Redactor', () => {
  const redactor = new Redactor({
    token: new BotToken(TOKEN),
    others: [new Secret('webhook-secret_1'), 'p@ss "word"/$1', 'pw-1', 'abc', ''],
  });

  it.each([
    ['the token', `a ${TOKEN} b`, 'a [secret] b'],
    ['the token in a URL', `https://x/file/bot${TOKEN}/a.jpg`, 'https://x/file/bot[secret]/a.jpg'],
    ['the token, encoded', `a ${encodeURIComponent(TOKEN)} b`, 'a [secret] b'],
    ['the token, encoded in lower case', `a ${TOKEN.replace(':', '%3a')} b`, 'a [secret] b'],
    ['its secret part', 'a AAHsecretsecretsecretsecretsecret12 b', 'a [secret] b'],
    ['a part of it in a URL', 'GET /bot7000000001:AAHsec… failed', 'GET /bot[secret]… failed'],
    ['the token, truncated', `a ${TOKEN.slice(0, 25)}… b`, 'a [secret]… b'],
    ['the token, truncated and encoded', `a 7000000001%3aAAHse b`, 'a [secret] b'],
    ['the token, escaped and truncated', String.raw`a 7000000001\u003aAAHse b`, 'a [secret] b'],
    ['the token of another bot', `a 7000000002:${'b'.repeat(35)} c`, 'a [secret] c'],
    ['a webhook secret', 'token=webhook-secret_1&x', 'token=[secret]&x'],
    ['a password', 'a p@ss "word"/$1 b', 'a [secret] b'],
    ['a password, encoded', 'a p%40ss%20%22word%22%2F%241 b', 'a [secret] b'],
    ['a password, encoded in lower case', 'a p%40ss%20%22word%22%2f%241 b', 'a [secret] b'],
    ['a password in JSON', JSON.stringify({ a: 'p@ss "word"/$1' }), '{"a":"[secret]"}'],
    ['a short password as a word', 'AUTH "pw-1"', 'AUTH "[secret]"'],
    ['the user info of a URL', 'redis://app:pw@h:6379/0', 'redis://[secret]@h:6379/0'],
    ['a password without a user', 'rediss://:pw@h', 'rediss://[secret]@h'],
    ['a key as the user of a URL', 'https://key_1:@h/x', 'https://[secret]@h/x'],
    ['a password that is not encoded', 'postgres://u:p@s/s#w@h/db', 'postgres://[secret]@h/db'],
  ])('redacts %s', (_what, text, shown) => {
    expect(redactor.redact(text)).toBe(shown);
  });

  it.each([
    'a short password as a part: xpw-1x',
    'a word that is too short: abc',
    'https://www.youtube.com/@abc',
    'https://example.org:8080/@abc',
    'https://example.org:8080/a?b=c@d',
    'mail to ada@example.org at 12:30',
    'connect ECONNREFUSED 127.0.0.1:6379',
    'update 7000000001: handled',
    'tg:{7000000001:-1001234567890}:outbox',
    '',
  ])('leaves %j unchanged', (text) => {
    expect(redactor.redact(text)).toBe(text);
  });

  it('redacts tokens and user info when it knows no secret', () => {
    expect(new Redactor().redact(`${TOKEN} redis://:pw@h`)).toBe('[secret] redis://[secret]@h');
  });

  it('takes linear time on long texts', () => {
    const startedAtMs = performance.now();
    for (const piece of ['://a:', 'a://', '@', '7'.repeat(20), '/bot7:', 'x']) {
      redactor.redact(piece.repeat(20_000 / piece.length));
    }
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });
});
