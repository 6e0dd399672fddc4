import { describe, expect, it } from 'vitest';
import { ChatError, parseRetryAfter } from './chat-error.js';

describe('ChatError', () => {
  it.each([
    [401, 'unauthenticated', false],
    [404, 'not_found', false],
    [413, 'too_large', false],
    [422, 'invalid', false],
    [429, 'too_many', true],
    [500, 'unavailable', true],
    [503, 'unavailable', true],
  ])('says what a status of %d means', (status, code, isTemporary) => {
    expect(ChatError.ofStatus(status)).toMatchObject({ code, isTemporary });
  });

  it('takes any other failure for a lost connection', () => {
    expect(ChatError.of(new TypeError('Failed to fetch'))).toMatchObject({
      code: 'offline',
      isTemporary: true,
    });
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-11-29T12:00:00Z');

  it.each([
    ['12', 12_000],
    ['Sun, 29 Nov 2026 12:00:30 GMT', 30_000],
    ['Sun, 29 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('reads %j', (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});
