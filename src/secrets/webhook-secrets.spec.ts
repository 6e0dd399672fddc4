import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BotToken } from './bot-token.js';
import { WebhookSecrets } from './webhook-secrets.js';

const token = new BotToken('7000000001:AAHsecretsecretsecretsecretsecret12');
const url = 'https://app.example.com/telegram/webhook';

describe('WebhookSecrets', () => {
  it('derives the same secret from the same token when none is configured', () => {
    const { current, isRotating } = WebhookSecrets.of([], token);
    expect(current.reveal()).toMatch(/^[\w-]{43}$/);
    expect(current.reveal()).toBe(WebhookSecrets.of([], token).current.reveal());
    expect(isRotating).toBe(false);
  });

  it('registers the first configured secret and accepts every one', () => {
    const secrets = WebhookSecrets.of(['next', 'former'], token);
    expect(secrets.current.reveal()).toBe('next');
    expect(secrets.isRotating).toBe(true);
    expect(['next', 'former'].map((header) => secrets.accepts(header))).toEqual([true, true]);
  });

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is given twice', ['next', 'next']],
    ['is longer', 'next1'],
    ['is in capitals', 'NEXT'],
  ])('rejects a header that %s', (_what, header) => {
    expect(WebhookSecrets.of(['next'], token).accepts(header)).toBe(false);
  });

  it('gives each secret and each URL a fingerprint of its own, which shows neither', () => {
    const next = WebhookSecrets.of(['next'], token);
    const other = WebhookSecrets.of(['other'], token);
    expect(next.fingerprint(url)).toBe(WebhookSecrets.of(['next', 'x'], token).fingerprint(url));
    expect(next.fingerprint(url)).not.toBe(other.fingerprint(url));
    expect(next.fingerprint(url)).not.toBe(next.fingerprint(`${url}/2`));
    expect(next.fingerprint(url)).toMatch(/^[\w-]{43}$/);
  });

  it('keeps the fingerprint that former versions stored, so that an upgrade registers nothing anew', () => {
    expect(WebhookSecrets.of(['next'], token).fingerprint(url)).toBe(
      'gteQdQjaujb8ms3PD2Hv8WcJ5mz48QSL8m6oPdH6gaM',
    );
  });

  it('shows no secret when it is printed', () => {
    const secrets = WebhookSecrets.of(['hunter2', 'former-one'], token);
    for (const text of [
      inspect(secrets, { depth: 9, showHidden: true }),
      JSON.stringify(secrets),
    ]) {
      expect(text).not.toMatch(/hunter2|former-one/);
    }
  });
});
