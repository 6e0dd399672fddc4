import { AxiosError } from 'axios';
import { describe, expect, it } from 'vitest';
import { BotApiError, BotApiTransportError } from '../errors/index.js';
import { failureOfAnswer, failureOfRequest, mayBePerformed } from './transport-failure.js';

function transportError(maybePerformed: boolean): BotApiError {
  return new BotApiTransportError('sendMessage', { reason: 'x', maybePerformed });
}

function refusal(errorCode: number): BotApiError {
  return new BotApiError('sendMessage', { errorCode, description: 'x' });
}

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
  ])('says for %s whether Telegram may have carried out the call: %s', (code, maybePerformed) => {
    const failure = failureOfRequest(new AxiosError('it failed', code), 5_000);
    expect(failure).toEqual({ reason: `it failed (${code})`, maybePerformed });
  });

  it('assumes that the call was carried out when the error is not of the HTTP library', () => {
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
  ])(
    'says for HTTP %d whether Telegram may have carried out the call: %s',
    (status, maybePerformed) => {
      expect(failureOfAnswer(status)).toMatchObject({ status, maybePerformed });
    },
  );
});

describe('mayBePerformed', () => {
  it.each([
    ['a lost answer', transportError(true), true],
    ['a refused connection', transportError(false), false],
    ['a 500', refusal(500), true],
    ['a 403', refusal(403), false],
  ])('says for %s whether Telegram may have carried out the call: %s', (_name, error, expected) => {
    expect(mayBePerformed(error)).toBe(expected);
  });
});
