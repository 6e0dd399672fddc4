import { describe, expect, it } from 'vitest';
import { BotApiParameters } from '../parameters/bot-api-parameters.js';
import { VirtualClock } from '../time/virtual-clock.js';
import { CallLog } from './call-log.js';
import type { BotApiRequest } from './call-reader.js';

const ORIGIN = { botId: 7, isWebhookReply: false };

describe('CallLog', () => {
  it('keeps a call as it came, but for the token', () => {
    const clock = new VirtualClock(1_000);
    const log = new CallLog(
      clock,
      ({ method }) => [`there is no ${method}`],
      () => undefined,
    );
    const file = { fileName: 'a.png', contentType: 'image/png', bytes: new Uint8Array([1]) };
    const request = createRequest('sendPhoto', {
      parameters: new BotApiParameters(
        [
          ['chat_id', { text: '7', value: 7 }],
          ['media', { text: '[1, 2]', value: [1, 2] }],
        ],
        new Map([['photo', file]]),
      ),
      contentType: 'multipart/form-data; boundary=x',
    });
    log.record(request, { botId: null, isWebhookReply: true });
    expect(log.calls).toEqual([
      {
        method: 'sendPhoto',
        params: { chat_id: 7, media: [1, 2] },
        files: { photo: 'a.png' },
        contentType: 'multipart/form-data; boundary=x',
        botId: null,
        isWebhookReply: true,
        status: null,
        response: null,
        problems: ['there is no sendPhoto'],
        at: 1_000,
      },
    ]);
  });

  it('keeps calls in the order in which they came, with their time', () => {
    const clock = new VirtualClock(1_000);
    const log = new CallLog(
      clock,
      () => [],
      () => undefined,
    );
    log.record(createRequest('getMe'), ORIGIN);
    clock.advance(5);
    log.record(createRequest('getChat'), ORIGIN);
    expect(log.calls.map(({ method, at }) => [method, at])).toEqual([
      ['getMe', 1_000],
      ['getChat', 1_005],
    ]);
  });

  it('says when a call comes, which is listed then, and when it is answered', () => {
    const seen: unknown[] = [];
    const log: CallLog = new CallLog(
      new VirtualClock(),
      () => [],
      () => {
        seen.push(log.calls.map(({ status }) => status));
      },
    );
    const recorded = log.record(createRequest('getMe'), ORIGIN);
    recorded.status = 200;
    log.changed();
    expect(seen).toEqual([[null], [200]]);
  });
});

function createRequest(method: string, request: Partial<BotApiRequest> = {}): BotApiRequest {
  return {
    token: '7:secret',
    method,
    contentType: '',
    parameters: new BotApiParameters(),
    queryNames: new Set(),
    ...request,
  };
}
