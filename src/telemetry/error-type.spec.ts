import { describe, expect, it } from 'vitest';
import { BotApiError, BotApiRateLimitError, BotApiTransportError } from '../errors/index.js';
import { failureOf } from './error-type.js';

class OrderError extends Error {}

describe('What metrics say of an error', () => {
  it.each([
    [new BotApiError('sendMessage', { errorCode: 403, description: 'no' }), '403', 'BotApiError'],
    [
      new BotApiRateLimitError('sendMessage', { errorCode: 429, description: 'wait' }),
      '429',
      'BotApiRateLimitError',
    ],
    [
      new BotApiTransportError('sendMessage', { reason: 'refused', maybePerformed: false }),
      'BotApiTransportError',
      'BotApiTransportError',
    ],
    [
      new BotApiTransportError('sendMessage', {
        reason: 'a page',
        status: 502,
        maybePerformed: true,
      }),
      '502',
      'BotApiTransportError',
    ],
    [new OrderError('order 1042'), 'OrderError', 'OrderError'],
    [Object.assign(new Error('x'), { name: 'order 1042' }), 'Error', 'Error'],
    ['order 1042', '_OTHER', '_OTHER'],
  ])('%s is its code, else its class', (error, type, className) => {
    expect(failureOf(error)).toEqual({ type, className });
  });
});
