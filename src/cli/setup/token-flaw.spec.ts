import { describe, expect, it } from 'vitest';
import { tokenFlaw, unknownTokenHint } from './token-flaw.js';

const SECRET = 'AAHsecretsecretsecretsecretsecret12';

describe('tokenFlaw', () => {
  it.each([
    ['', 'empty'],
    [`Use this token: 7000000001:${SECRET}`, 'copy the token alone'],
    [`"7000000001:${SECRET}"`, 'quotes'],
    [`bot7000000001:${SECRET}`, 'begins with "bot"'],
    ['@support_desk_bot', 'the name of a bot'],
    [`7000000001${SECRET}`, 'no colon'],
    [`7000000001:${SECRET}!`, 'only letters'],
    [`o7000000001:${SECRET}`, 'only letters'],
  ])('says what is wrong with %j, without showing it', (text, reason) => {
    expect(tokenFlaw(text)).toContain(reason);
    expect(tokenFlaw(text)).not.toContain(SECRET);
  });

  it('lets Telegram judge what looks like a token', () => {
    expect(tokenFlaw(`7000000001:${SECRET}`)).toBeUndefined();
  });
});

describe('unknownTokenHint', () => {
  it.each([
    [`7:${SECRET}`, 'mistyped or revoked'],
    [`7:${SECRET.slice(2)}`, '33 characters, and tokens have 35 there: a part is missing'],
    [`7:${SECRET}xx`, '37 characters, and tokens have 35 there: there is too much'],
  ])('counts the characters of %s', (token, hint) => {
    expect(unknownTokenHint(token)).toContain(hint);
  });
});
