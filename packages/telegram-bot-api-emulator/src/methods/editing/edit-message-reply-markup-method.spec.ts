import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { VirtualClock } from '../../time/virtual-clock.js';

const keyboardOf = (...texts: string[]): object => ({
  inline_keyboard: [texts.map((text) => ({ text, callback_data: text }))],
});

describe('EditMessageReplyMarkupMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    await client.call('sendMessage', {
      chat_id: desk.id,
      text: '*Hi*',
      parse_mode: 'Markdown',
      link_preview_options: { is_disabled: true },
      reply_markup: keyboardOf('A'),
    });
  });

  afterEach(() => telegram.stop());

  const edit = (params: object = {}): Promise<unknown> =>
    client.call('editMessageReplyMarkup', { chat_id: desk.id, message_id: 1, ...params });
  const errorOf = (params: object = {}): Promise<string> =>
    client.errorOf('editMessageReplyMarkup', { chat_id: desk.id, message_id: 1, ...params });

  it('changes the keyboard and nothing else', async () => {
    const [before] = desk.messages;
    const expected = {
      ...before,
      reply_markup: keyboardOf('B', 'C'),
      edit_date: 1_750_000_000,
    };
    expect(await edit({ reply_markup: keyboardOf('B', 'C') })).toEqual({
      ok: true,
      result: expected,
    });
    expect(desk.messages).toEqual([expected]);
  });

  it.each([undefined, { inline_keyboard: [] }, { inline_keyboard: [[]] }, {}])(
    'takes the keyboard away for %j, once',
    async (reply_markup) => {
      expect(await errorOf({ reply_markup })).toBe('ok');
      expect(desk.messages[0]).not.toHaveProperty('reply_markup');
      expect(desk.messages[0]).toMatchObject({ text: 'Hi', entities: [{ type: 'bold' }] });
      expect(await errorOf({ reply_markup })).toContain('Bad Request: message is not modified');
    },
  );

  it('lets nobody press a button that is gone', async () => {
    await edit({ reply_markup: keyboardOf('B') });
    expect(() => desk.agent('Ann').press(1, 'A')).toThrow('Message 1 has no button "A"');
    expect(desk.agent('Ann').press(1, 'B').data).toBe('B');
  });

  it('changes the keyboard of a file, and of what is neither file nor text', async () => {
    const { sticker } = desk.agent('Ann').sendFile('sticker');
    await client.call('sendSticker', { chat_id: desk.id, sticker: sticker?.file_id });
    await client.call('sendDice', { chat_id: desk.id });
    for (const message_id of [3, 4]) {
      expect(await errorOf({ message_id, reply_markup: keyboardOf('B') })).toBe('ok');
      expect(desk.messages[message_id - 1]).toMatchObject({ reply_markup: keyboardOf('B') });
    }
  });

  it.each<[object, string]>([
    [{ reply_markup: keyboardOf('A') }, 'message is not modified'],
    [{ reply_markup: keyboardOf(' ') }, 'inline keyboard button text must be non-empty'],
    [{ reply_markup: keyboardOf('x'.repeat(65)) }, 'BUTTON_DATA_INVALID'],
    [{ reply_markup: 'x' }, "can't parse reply keyboard markup JSON object"],
    [{ message_id: 9 }, 'message to edit not found'],
  ])('refuses %j: %s', async (params, reason) => {
    expect(await errorOf(params)).toContain(`Bad Request: ${reason}`);
    expect(desk.messages).toMatchObject([{ reply_markup: keyboardOf('A') }]);
  });

  it('changes no keyboard of others', async () => {
    desk.agent('Ann').write('hi');
    expect(await errorOf({ message_id: 2, reply_markup: keyboardOf('B') })).toBe(
      "Bad Request: message can't be edited",
    );
  });
});
