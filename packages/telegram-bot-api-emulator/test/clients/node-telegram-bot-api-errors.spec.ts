import { Api, NetworkError, TelegramApiError, type TransportOptions } from 'node-telegram-bot-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat, VirtualClock } from '../../src/index.js';
import { errorOf } from './client-support.js';

describe('node-telegram-bot-api, errors', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let group: EmulatedChat;
  let hello: { readonly chat_id: number; readonly text: string };

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock() });
    group = telegram.createGroup({ title: 'Desk' });
    hello = { chat_id: group.id, text: 'Hello' };
  });

  afterEach(async () => {
    await telegram.stop();
    telegram.assertConformant();
  });

  /** The client, which by itself would try again what may go well later. */
  function createApi(options: TransportOptions = { maxRetries: 0 }): Api {
    return new Api(telegram.bot.token, { apiRoot: telegram.apiRoot, ...options });
  }

  /** Fails unless the call is refused by Telegram. */
  async function refusalOf(call: Promise<unknown>): Promise<TelegramApiError> {
    const error = await errorOf(call);
    if (!(error instanceof TelegramApiError)) throw new Error(`Not refused: ${String(error)}`);
    return error;
  }

  it('shows what Telegram refuses', async () => {
    const call = createApi().sendMessage({ ...hello, text: 'a</b>', parse_mode: 'HTML' });
    const { errorCode, description, parameters } = await refusalOf(call);
    expect({ errorCode, description, parameters }).toEqual({
      errorCode: 400,
      description: "Bad Request: can't parse entities: Unexpected end tag at byte offset 1",
      parameters: undefined,
    });
    expect(group.messages).toEqual([]);
  });

  it('shows how long to wait when a group has had its twenty messages', async () => {
    const api = createApi();
    await Promise.all(Array.from({ length: 20 }, () => api.sendMessage(hello)));
    telegram.clock.advance(58_700);
    const refusal = await refusalOf(api.sendMessage(hello));
    expect(refusal).toMatchObject({
      errorCode: 429,
      description: 'Too Many Requests: retry after 2',
      parameters: { retry_after: 2 },
    });
    telegram.clock.advance((refusal.retryAfter ?? 0) * 1000);
    await api.sendMessage(hello);
    expect(group.messages).toHaveLength(21);
  });

  it('shows at once a flood that is longer than it waits', async () => {
    group.flood(3_600);
    const { errorCode, retryAfter } = await refusalOf(createApi({}).sendMessage(hello));
    expect({ errorCode, retryAfter }).toEqual({ errorCode: 429, retryAfter: 3_600 });
  });

  it('waits by itself as long as Telegram says', async () => {
    telegram.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 1 });
    await createApi({}).sendMessage(hello);
    expect(telegram.calls.map(({ status }) => status)).toEqual([429, 200]);
    expect(group.messages).toMatchObject([{ text: 'Hello' }]);
  });

  it('shows the new id of a group that became a supergroup', async () => {
    const upgraded = group.upgrade();
    const refusal = await refusalOf(createApi().sendMessage(hello));
    expect(refusal).toMatchObject({
      errorCode: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: upgraded.id },
    });
    await createApi().sendMessage({ ...hello, chat_id: refusal.migrateToChatId ?? 0 });
    expect(upgraded.messages.at(-1)).toMatchObject({ text: 'Hello' });
  });

  it('shows that it is blocked', async () => {
    const chat = telegram.createPrivateChat('Kim', { blocked: true });
    const call = createApi().sendMessage({ ...hello, chat_id: chat.id });
    expect(await refusalOf(call)).toMatchObject({
      errorCode: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    expect(chat.messages).toEqual([]);
  });

  it('shows that its token is wrong', async () => {
    const { apiRoot } = telegram;
    const wrong = new Api(`${telegram.bot.id}:${'x'.repeat(35)}`, { apiRoot });
    expect(await refusalOf(wrong.getMe())).toMatchObject({
      errorCode: 401,
      description: 'Unauthorized',
    });
    const malformed = new Api('secret', { apiRoot });
    expect(await refusalOf(malformed.getMe())).toMatchObject({
      errorCode: 401,
      description: 'Unauthorized: invalid token specified',
    });
  });

  it.each([
    ['a proxy fails', { kind: 'html', status: 502 }],
    ['the connection is cut', { kind: 'cut', perform: false }],
    ['the answer is cut in two', { kind: 'truncate', perform: false }],
  ] as const)('is distinguished when %s, and gets over it', async (_name, fault) => {
    telegram.failNext('sendMessage', fault, 2);
    expect(await errorOf(createApi().sendMessage(hello))).toBeInstanceOf(NetworkError);
    expect(group.messages).toEqual([]);
    await createApi({ retryBackoffMs: 1 }).sendMessage(hello);
    expect(group.messages).toMatchObject([{ text: 'Hello' }]);
  });

  it('sends twice what arrived without an answer', async () => {
    telegram.failNext('sendMessage', { kind: 'truncate', perform: true });
    await createApi({ retryBackoffMs: 1 }).sendMessage(hello);
    expect(group.messages).toMatchObject([{ text: 'Hello' }, { text: 'Hello' }]);
  });
});
