import { HttpService } from '@nestjs/axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BotApiClient,
  BotApiError,
  BotApiRateLimitError,
  BotApiTransportError,
} from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import { freePort } from '../support/redis-server.js';

describe('BotApiClient', () => {
  let emulator: BotApiEmulator;
  let chat: EmulatedChat;
  let client: BotApiClient;

  beforeEach(async () => {
    emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    chat = emulator.createSupergroup({ title: 'Support' });
    client = clientOf(emulator.apiRoot);
  });
  afterEach(async () => {
    client.close();
    await emulator.stop();
  });

  function clientOf(apiRoot: string, timeoutMs = 5_000): BotApiClient {
    const token = new BotToken(emulator.bot.token);
    return new BotApiClient(new HttpService(), { token, apiRoot, timeoutMs });
  }

  it('returns the result of a call', async () => {
    const me = await client.call('getMe');
    expect(me).toMatchObject({ id: emulator.bot.id, is_bot: true });
    const message = await client.call('sendMessage', { chat_id: chat.id, text: 'Hello' });
    expect(chat.messages).toMatchObject([{ message_id: message.message_id, text: 'Hello' }]);
  });

  it('sends JSON, without the parameters that are null or undefined', async () => {
    await client.call('sendMessage', {
      chat_id: chat.id,
      text: 'Hello',
      parse_mode: undefined,
      ...JSON.parse('{"reply_markup": null}'),
    });
    const [call] = emulator.callsOf('sendMessage');
    expect(call?.contentType).toMatch(/^application\/json/);
    expect(call?.params).toEqual({ chat_id: chat.id, text: 'Hello' });
  });

  it('throws what Telegram said when it refuses a call', async () => {
    const call = client.call('sendMessage', { chat_id: -1, text: 'Hello' });
    await expect(call).rejects.toBeInstanceOf(BotApiError);
    await expect(call).rejects.toMatchObject({
      code: 'BOT_API',
      method: 'sendMessage',
      errorCode: 400,
      description: 'Bad Request: chat not found',
      parameters: {},
      message: 'Telegram refused sendMessage: 400 Bad Request: chat not found',
    });
  });

  it('says where a group has moved', async () => {
    const group = emulator.createGroup({ title: 'Old' });
    const { id } = group.upgrade();
    await expect(
      client.call('sendMessage', { chat_id: group.id, text: 'Hello' }),
    ).rejects.toMatchObject({ errorCode: 400, parameters: { migrate_to_chat_id: id } });
  });

  it('says how long to wait when Telegram does', async () => {
    emulator.failNext('getMe', {
      kind: 'error',
      errorCode: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    const call = client.call('getMe');
    await expect(call).rejects.toBeInstanceOf(BotApiRateLimitError);
    await expect(call).rejects.toMatchObject({ code: 'BOT_API_RATE_LIMIT', retryAfterMs: 7_000 });
  });

  it.each([
    ['a proxy that answers 502 with HTML', { kind: 'html', status: 502 }, 502, true],
    ['a proxy that answers 413 with HTML', { kind: 'html', status: 413 }, 413, false],
    ['a redirect, which it does not follow', { kind: 'redirect', location: '/x' }, 302, false],
    ['a connection that is closed instead of an answer', { kind: 'cut', perform: true }, 0, true],
    ['an answer that is cut off', { kind: 'truncate', perform: true }, 0, true],
  ] as const)(
    'throws a transport error for %s',
    async (_name, fault, errorCode, maybePerformed) => {
      emulator.failNext('getMe', fault);
      const call = client.call('getMe');
      await expect(call).rejects.toBeInstanceOf(BotApiTransportError);
      await expect(call).rejects.toMatchObject({ errorCode, maybePerformed });
      expect(emulator.calls).toHaveLength(1);
    },
  );

  it('obeys a front end that asks for a pause in HTML', async () => {
    emulator.failNext('getMe', { kind: 'html', status: 429 });
    await expect(client.call('getMe')).rejects.toMatchObject({
      code: 'BOT_API_RATE_LIMIT',
      retryAfterMs: 1_000,
    });
  });

  it('throws a transport error when nothing listens: the call was never made', async () => {
    const lost = clientOf(`http://127.0.0.1:${await freePort()}`);
    await expect(lost.call('getMe')).rejects.toMatchObject({
      code: 'BOT_API_TRANSPORT',
      maybePerformed: false,
      description: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('gives up a call that takes too long, though it may have been made', async () => {
    const hasty = clientOf(emulator.apiRoot, 400);
    emulator.failNext('getMe', { kind: 'hang' });
    await expect(hasty.call('getMe')).rejects.toMatchObject({
      code: 'BOT_API_TRANSPORT',
      maybePerformed: true,
      description: 'timed out after 400 ms',
    });
  });

  it('keeps its connection open between calls', async () => {
    const sockets = new Set<number | undefined>();
    const http = new HttpService();
    http.axiosRef.interceptors.response.use((response) => {
      sockets.add(response.request?.socket?.localPort);
      return response;
    });
    const token = new BotToken(emulator.bot.token);
    const slow = new BotApiClient(http, { token, apiRoot: emulator.apiRoot, timeoutMs: 5_000 });
    for (let i = 0; i < 5; i += 1) await slow.call('getMe');
    expect(sockets.size).toBe(1);
    slow.close();
  });
});
