import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import type { ButtonPress } from '../../agents/button-press.js';
import { VirtualClock } from '../../time/virtual-clock.js';

const TOO_OLD = 'Bad Request: query is too old and response timeout expired or query ID is invalid';

describe('AnswerCallbackQueryMethod', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock();
    telegram = await BotApiEmulator.start({ clock });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
    await client.call('sendMessage', {
      chat_id: desk.id,
      text: 'press',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
  });

  afterEach(() => telegram.stop());

  const press = (): ButtonPress => desk.agent('Ann').press(1, 'A');
  const answer = ({ id }: { readonly id: string }, params: object = {}): Promise<string> =>
    client.errorOf('answerCallbackQuery', { callback_query_id: id, ...params });

  it.each([
    [{}, { showAlert: false, cacheTime: 0 }],
    [
      {
        text: 'Done',
        show_alert: true,
        cache_time: 60,
        url: 'https://t.me/support_desk_bot?start=x',
      },
      {
        text: 'Done',
        showAlert: true,
        cacheTime: 60,
        url: 'https://t.me/support_desk_bot?start=x',
      },
    ],
    [
      { text: '', url: '', show_alert: 'yes' },
      { showAlert: true, cacheTime: 0 },
    ],
    [{ cache_time: -5 }, { showAlert: false, cacheTime: 0 }],
    [{ cache_time: 1e9 }, { showAlert: false, cacheTime: 2_592_000 }],
    [{ text: '😀'.repeat(200) }, { text: '😀'.repeat(200), showAlert: false, cacheTime: 0 }],
  ])('shows of %j %j', async (params, expected) => {
    const pressed = press();
    expect(pressed.answer).toBeUndefined();
    expect(await answer(pressed, params)).toBe('ok');
    expect(pressed.answer).toEqual(expected);
    expect(await pressed.waitForAnswer()).toEqual(expected);
  });

  it('shows the first answer alone', async () => {
    const pressed = press();
    await answer(pressed, { text: 'first' });
    expect(await answer(pressed, { text: 'second' })).toBe('ok');
    expect(pressed.answer).toMatchObject({ text: 'first' });
  });

  it('answers each press for itself', async () => {
    const [one, other] = [press(), press()];
    expect(one.id).not.toBe(other.id);
    await answer(other, { text: 'other' });
    expect([one.answer, other.answer?.text]).toEqual([undefined, 'other']);
  });

  it.each([
    [150_000, 'ok'],
    [150_001, TOO_OLD],
  ])('says after %i ms: %s', async (delayMs, expected) => {
    const pressed = press();
    clock.advance(delayMs);
    expect(await answer(pressed)).toBe(expected);
  });

  it.each(['', '0', '123456', 'nonsense'])('knows no query %j', async (id) => {
    press();
    expect(await answer({ id })).toBe(TOO_OLD);
  });

  it('refuses a longer text, and leaves the press as it is', async () => {
    const pressed = press();
    expect(await answer(pressed, { text: 'x'.repeat(201) })).toBe('Bad Request: MESSAGE_TOO_LONG');
    expect(pressed.answer).toBeUndefined();
    expect(await answer(pressed)).toBe('ok');
  });

  it('counts in no flood limit', async () => {
    const outcomes = new Set<string>();
    for (let count = 0; count < 40; count++) outcomes.add(await answer(press()));
    expect(outcomes).toEqual(new Set(['ok']));
  });

  it('belongs to the bot whose button was pressed', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ bots: [{}, { username: 'other_bot' }] });
    const [first, other = first] = telegram.bots.map((bot) => new WireClient(telegram, bot));
    const chat = telegram.createGroup({ title: 'Desk' });
    await first?.call('sendMessage', {
      chat_id: chat.id,
      text: 'press',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    });
    const { id } = chat.agent('Ann').press(1, 'A');
    const params = { callback_query_id: id };
    expect(await other?.errorOf('answerCallbackQuery', params)).toBe(TOO_OLD);
    expect(await first?.errorOf('answerCallbackQuery', params)).toBe('ok');
  });
});
