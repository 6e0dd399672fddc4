import { Bot, GrammyError, HttpError, InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator, VirtualClock } from '../../src/index.js';
import { errorOf } from './client-support.js';

describe('grammY, errors', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let api: Bot['api'];

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock() });
    api = createApi(telegram.bot.token);
  });

  afterEach(async () => {
    await telegram.stop();
    telegram.assertConformant();
  });

  function createApi(token: string): Bot['api'] {
    return new Bot(token, { client: { apiRoot: telegram.apiRoot } }).api;
  }

  /** Fails unless the call is refused by Telegram. */
  async function refusalOf(call: Promise<unknown>): Promise<GrammyError> {
    const error = await errorOf(call);
    if (!(error instanceof GrammyError)) throw new Error(`No GrammyError: ${String(error)}`);
    return error;
  }

  it('shows what Telegram refuses', async () => {
    const chat = telegram.createGroup({ title: 'Desk' });
    expect(
      await refusalOf(api.sendMessage(chat.id, '<b>Help', { parse_mode: 'HTML' })),
    ).toMatchObject({
      method: 'sendMessage',
      payload: { chat_id: chat.id, text: '<b>Help' },
      error_code: 400,
      description:
        'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
      parameters: {},
    });
    expect(chat.messages).toEqual([]);
  });

  it('shows how long to wait when a group has had its twenty messages', async () => {
    const chat = telegram.createGroup({ title: 'Desk' });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => api.sendMessage(chat.id, `Message ${index}`)),
    );
    expect(await refusalOf(api.sendMessage(chat.id, 'One more'))).toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 60',
      parameters: { retry_after: 60 },
    });
    telegram.clock.advance(45_000);
    expect(await refusalOf(api.sendMessage(chat.id, 'One more'))).toMatchObject({
      parameters: { retry_after: 15 },
    });
    telegram.clock.advance(15_000);
    await api.sendMessage(chat.id, 'One more');
    expect(chat.messages).toHaveLength(21);
  });

  it('shows how long to wait during a flood', async () => {
    const chat = telegram.createGroup({ title: 'Desk' });
    chat.flood(7);
    expect(await refusalOf(api.sendMessage(chat.id, 'Hello'))).toMatchObject({
      error_code: 429,
      parameters: { retry_after: 7 },
    });
    telegram.clock.advance(7_000);
    await api.sendMessage(chat.id, 'Hello');
    expect(chat.messages).toMatchObject([{ text: 'Hello' }]);
  });

  it('shows the new id of a group that became a supergroup', async () => {
    const group = telegram.createGroup({ title: 'Desk' });
    const upgraded = group.upgrade();
    const { error_code, description, parameters } = await refusalOf(
      api.sendMessage(group.id, 'Hello'),
    );
    expect({ error_code, description, parameters }).toEqual({
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: upgraded.id },
    });
    await api.sendMessage(parameters.migrate_to_chat_id ?? 0, 'Hello');
    expect(upgraded.messages.at(-1)).toMatchObject({ text: 'Hello' });
  });

  it('shows that it is blocked', async () => {
    const chat = telegram.createPrivateChat('Kim', { blocked: true });
    expect(await refusalOf(api.sendMessage(chat.id, 'Hello'))).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    expect(chat.messages).toEqual([]);
  });

  it('shows that its token is wrong, or no longer right', async () => {
    const wrong = createApi(`${telegram.bot.id}:${'x'.repeat(35)}`);
    const unauthorized = { error_code: 401, description: 'Unauthorized', parameters: {} };
    expect(await refusalOf(wrong.getMe())).toMatchObject(unauthorized);
    const token = telegram.bot.revokeToken();
    expect(await refusalOf(api.getMe())).toMatchObject(unauthorized);
    expect(await createApi(token).getMe()).toMatchObject({ id: telegram.bot.id });
  });

  it('shows that a file is too big to be downloaded', async () => {
    const { document } = telegram
      .createGroup({ title: 'Desk' })
      .agent('Ann')
      .sendFile('document', { size: 20 * 1024 * 1024 + 1 });
    expect(await refusalOf(api.getFile(document?.file_id ?? ''))).toMatchObject({
      error_code: 400,
      description: 'Bad Request: file is too big',
    });
  });

  it('shows that a file is too big to be uploaded', async () => {
    const chat = telegram.createGroup({ title: 'Desk' });
    const file = new InputFile(Buffer.alloc(50_000_001), 'zeros.bin');
    expect(await refusalOf(api.sendDocument(chat.id, file))).toMatchObject({
      error_code: 413,
      description: 'Request Entity Too Large',
    });
    expect(chat.messages).toEqual([]);
  });

  it('shows that a press can be answered no more', async () => {
    const chat = telegram.createGroup({ title: 'Desk' });
    const message = await api.sendMessage(chat.id, 'Well?', {
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] },
    });
    const press = chat.agent('Ann').press(message.message_id, 'Yes');
    telegram.clock.advance(151_000);
    expect(await refusalOf(api.answerCallbackQuery(press.id))).toMatchObject({
      error_code: 400,
      description:
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
    });
    expect(press.answer).toBeUndefined();
  });

  it.each([
    ['a proxy fails', { kind: 'html', status: 502 }],
    ['the connection is cut', { kind: 'cut', perform: false }],
  ] as const)('is distinguished when %s', async (_name, fault) => {
    const chat = telegram.createGroup({ title: 'Desk' });
    telegram.failNext('sendMessage', fault);
    expect(await errorOf(api.sendMessage(chat.id, 'Hello'))).toBeInstanceOf(HttpError);
    expect(chat.messages).toEqual([]);
  });

  it('cannot know that a message arrived when only its answer is lost', async () => {
    const chat = telegram.createGroup({ title: 'Desk' });
    telegram.failNext('sendMessage', { kind: 'cut', perform: true });
    expect(await errorOf(api.sendMessage(chat.id, 'Hello'))).toBeInstanceOf(HttpError);
    expect(chat.messages).toMatchObject([{ text: 'Hello' }]);
  });
});
