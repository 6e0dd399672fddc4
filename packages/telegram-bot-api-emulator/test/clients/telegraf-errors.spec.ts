import { Telegram, TelegramError } from 'telegraf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat, VirtualClock } from '../../src/index.js';
import { errorOf } from './client-support.js';

describe('telegraf, errors', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let group: EmulatedChat;
  let api: Telegram;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock() });
    group = telegram.createGroup({ title: 'Desk' });
    api = createApi(telegram.bot.token);
  });

  afterEach(async () => {
    await telegram.stop();
    telegram.assertConformant();
  });

  function createApi(token: string): Telegram {
    return new Telegram(token, { apiRoot: telegram.apiRoot });
  }

  /** Fails unless the call is refused by Telegram. */
  async function refusalOf(call: Promise<unknown>): Promise<TelegramError> {
    const error = await errorOf(call);
    if (!(error instanceof TelegramError)) throw new Error(`No TelegramError: ${String(error)}`);
    return error;
  }

  it('shows what Telegram refuses', async () => {
    const text = 'Is 1 < 2?';
    expect(await refusalOf(api.sendMessage(group.id, text, { parse_mode: 'HTML' }))).toMatchObject({
      message: '400: Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 5',
      code: 400,
      parameters: undefined,
      on: { method: 'sendMessage', payload: { text } },
    });
    expect(group.messages).toEqual([]);
  });

  it('shows how long to wait when a group has had its twenty messages', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => api.sendMessage(group.id, `Message ${index}`)),
    );
    telegram.clock.advance(45_500);
    expect(await refusalOf(api.sendMessage(group.id, 'One more'))).toMatchObject({
      code: 429,
      description: 'Too Many Requests: retry after 15',
      parameters: { retry_after: 15 },
    });
    expect(group.messages).toHaveLength(20);
  });

  it('shows how long to wait during a flood', async () => {
    group.flood(7);
    const { code, parameters } = await refusalOf(api.sendMessage(group.id, 'Hello'));
    expect({ code, parameters }).toEqual({ code: 429, parameters: { retry_after: 7 } });
    telegram.clock.advance((parameters?.retry_after ?? 0) * 1000);
    await api.sendMessage(group.id, 'Hello');
    expect(group.messages).toMatchObject([{ text: 'Hello' }]);
  });

  it('shows the new id of a group that became a supergroup', async () => {
    const upgraded = group.upgrade();
    const { code, description, parameters } = await refusalOf(api.sendMessage(group.id, 'Hello'));
    expect({ code, description, parameters }).toEqual({
      code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: upgraded.id },
    });
    await api.sendMessage(parameters?.migrate_to_chat_id ?? 0, 'Hello');
    expect(upgraded.messages.at(-1)).toMatchObject({ text: 'Hello' });
  });

  it('shows that it is blocked, and that it was kicked', async () => {
    const chat = telegram.createPrivateChat('Kim', { blocked: true });
    expect(await refusalOf(api.sendMessage(chat.id, 'Hello'))).toMatchObject({
      code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    group.setBotStatus('kicked');
    expect(await refusalOf(api.sendMessage(group.id, 'Hello'))).toMatchObject({
      code: 403,
      description: 'Forbidden: bot was kicked from the group chat',
    });
    expect(chat.messages).toEqual([]);
  });

  it('shows that its token is wrong', async () => {
    const wrong = createApi(`${telegram.bot.id}:${'x'.repeat(35)}`);
    expect(await refusalOf(wrong.getMe())).toMatchObject({
      code: 401,
      description: 'Unauthorized',
    });
    expect(telegram.calls).toMatchObject([{ botId: null, status: 401 }]);
  });

  it('shows that a proxy fails', async () => {
    telegram.failNext('sendMessage', { kind: 'html', status: 502 });
    expect(await refusalOf(api.sendMessage(group.id, 'Hello'))).toMatchObject({
      code: 502,
      description: 'Bad Gateway',
    });
    expect(group.messages).toEqual([]);
  });

  it('cannot know that a message arrived when only its answer is lost', async () => {
    telegram.failNext('sendMessage', { kind: 'cut', perform: true });
    const error = await errorOf(api.sendMessage(group.id, 'Hello'));
    expect(error).toMatchObject({ name: 'FetchError' });
    expect(String(error)).toContain('/bot7000000001:[REDACTED]/sendMessage');
    expect(group.messages).toMatchObject([{ text: 'Hello' }]);
  });
});
