import { AxiosError } from 'axios';
import { describe, expect, it } from 'vitest';
import { failureOfAnswer, failureOfRequest } from './transport-failure.js';

describe('failureOfRequest', () => {
  it.each([
    ['ECONNREFUSED', false],
    ['ENOTFOUND', false],
    ['EAI_AGAIN', false],
    ['EHOSTUNREACH', false],
    ['ENETUNREACH', false],
    ['CERT_HAS_EXPIRED', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false],
    ['ECONNRESET', true],
    ['EPIPE', true],
    ['ETIMEDOUT', true],
    ['ERR_BAD_RESPONSE', true],
  ])('tells of %s whether Telegram may have acted: %s', (code, maybePerformed) => {
    const failure = failureOfRequest(new AxiosError('it failed', code), 5_000);
    expect(failure).toEqual({ reason: `it failed (${code})`, maybePerformed });
  });

  it('knows what it is told by something else than the HTTP library', () => {
    expect(failureOfRequest('odd', 5_000)).toEqual({
      reason: 'odd (UNKNOWN)',
      maybePerformed: true,
    });
  });
});

describe('failureOfAnswer', () => {
  it.each([
    [200, true],
    [302, false],
    [404, false],
    [413, false],
    [502, true],
    [504, true],
  ])('tells of HTTP %d whether Telegram may have acted: %s', (status, maybePerformed) => {
    expect(failureOfAnswer(status)).toMatchObject({ status, maybePerformed });
  });
});
