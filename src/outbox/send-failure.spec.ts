import { describe, expect, it } from 'vitest';
import { BotApiError, BotApiRateLimitError, BotApiTransportError } from '../errors/index.js';
import { hintFor, kindOfSendFailure, mayHaveArrived } from './send-failure.js';

function refusal(errorCode: number, description: string): BotApiError {
  return new BotApiError('sendMessage', { errorCode, description });
}

describe('kindOfSendFailure', () => {
  it.each([
    [new BotApiRateLimitError('sendMessage', { errorCode: 429, description: 'x' }), 'flood'],
    [new BotApiTransportError('sendMessage', { reason: 'x', maybePerformed: false }), 'outage'],
    [refusal(500, 'Internal Server Error: restart'), 'outage'],
    [refusal(401, 'Unauthorized'), 'chat'],
    [refusal(403, 'Forbidden: bot was kicked from the supergroup chat'), 'chat'],
    [refusal(404, 'Not Found'), 'chat'],
    [refusal(409, 'Conflict'), 'chat'],
    [refusal(400, 'Bad Request: chat not found'), 'chat'],
    [refusal(400, 'Bad Request: not enough rights to send text messages to the chat'), 'chat'],
    [refusal(400, 'Bad Request: have no write access to the chat'), 'chat'],
    [refusal(400, 'Bad Request: CHAT_WRITE_FORBIDDEN'), 'chat'],
    [refusal(400, 'Bad Request: TOPIC_CLOSED'), 'chat'],
    [refusal(400, 'Bad Request: message is too long'), 'message'],
    [refusal(400, 'Bad Request: ENTITIES_TOO_LONG'), 'message'],
    [refusal(413, 'Request Entity Too Large'), 'message'],
  ])('tells what %s is', (error, kind) => {
    expect(kindOfSendFailure(error)).toBe(kind);
  });
});

describe('mayHaveArrived', () => {
  it.each([
    [new BotApiTransportError('sendMessage', { reason: 'x', maybePerformed: true }), true],
    [new BotApiTransportError('sendMessage', { reason: 'x', maybePerformed: false }), false],
    [refusal(500, 'Internal Server Error'), true],
    [refusal(403, 'Forbidden'), false],
  ])('of %s', (error, expected) => {
    expect(mayHaveArrived(error)).toBe(expected);
  });
});

describe('hintFor', () => {
  it('says which option to check after the mistakes of a first setup', () => {
    expect(hintFor(refusal(401, 'Unauthorized'))).toContain('botToken');
    expect(hintFor(refusal(400, 'Bad Request: chat not found'))).toContain('adminChatId');
    expect(hintFor(refusal(403, 'Forbidden'))).toBe('');
  });
});
