import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { VirtualClock } from '../../time/virtual-clock.js';

const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
const MARKUP = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] };

describe('EditMessageTextMethod', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock });
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  const send = (params: object = {}): Promise<unknown> =>
    client.call('sendMessage', { chat_id: desk.id, text: 'old', ...params });
  const edit = (params: object): Promise<unknown> =>
    client.call('editMessageText', { chat_id: desk.id, message_id: 1, ...params });
  const errorOf = (params: object): Promise<string> =>
    client.errorOf('editMessageText', { chat_id: desk.id, message_id: 1, ...params });

  it('changes the text, at the same place, and answers with the message', async () => {
    await send({ text: '<b>old</b>', parse_mode: 'HTML' });
    await send({ text: 'next' });
    const [before] = desk.messages;
    clock.advance(5_000);
    const answer = await edit({ text: ' _new_ ', parse_mode: 'Markdown' });
    const expected = {
      ...before,
      text: 'new',
      entities: [{ type: 'italic', offset: 0, length: 3 }],
      edit_date: 1_750_000_005,
    };
    expect(answer).toEqual({ ok: true, result: expected });
    expect(desk.messages).toMatchObject([expected, { text: 'next' }]);
  });

  it('takes away what the call does not mention: entities, preview and keyboard', async () => {
    await send({
      text: '*old*',
      parse_mode: 'Markdown',
      reply_markup: MARKUP,
      link_preview_options: { is_disabled: true },
    });
    await edit({ text: 'new' });
    const [message] = desk.messages;
    for (const field of ['entities', 'reply_markup', 'link_preview_options']) {
      expect(message).not.toHaveProperty(field);
    }
  });

  it('sets keyboard and preview', async () => {
    await send();
    const changed = { reply_markup: MARKUP, link_preview_options: { is_disabled: true } };
    await edit({ text: 'old', ...changed });
    expect(desk.messages).toMatchObject([{ text: 'old', ...changed }]);
  });

  it('says that nothing changes, as often as nothing does', async () => {
    await send({ text: '*old*', parse_mode: 'Markdown', reply_markup: MARKUP });
    const same = { text: '<b>old</b> ', parse_mode: 'HTML', reply_markup: MARKUP };
    expect(await errorOf(same)).toBe(NOT_MODIFIED);
    expect(desk.messages[0]).not.toHaveProperty('edit_date');
    expect(await errorOf({ ...same, text: '<i>old</i>' })).toBe('ok');
    expect(await errorOf({ ...same, text: '<i>old</i>' })).toBe(NOT_MODIFIED);
    expect(await errorOf({ ...same, text: '<i>old</i>', reply_markup: undefined })).toBe('ok');
    expect(await errorOf({ ...same, text: '<i>old</i>', reply_markup: undefined })).toBe(
      NOT_MODIFIED,
    );
  });

  it('brings no update of its own edits', async () => {
    await send();
    await edit({ text: 'new' });
    expect(telegram.bot.pendingUpdates).toBe(0);
  });

  it('takes its messages however old they are', async () => {
    await send();
    clock.advance(365 * 86_400_000);
    expect(await errorOf({ text: 'new' })).toBe('ok');
  });

  it('counts in the limit of edits, not in that of messages, and when refused in none', async () => {
    await telegram.stop();
    const limit = { messages: 2, windowMs: 60_000 };
    telegram = await BotApiEmulator.start({ clock, limits: { group: limit, groupEdits: limit } });
    client = new WireClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk' });
    await send();
    await edit({ text: 'one' });
    for (let time = 0; time < 5; time++) expect(await errorOf({ text: 'one' })).toBe(NOT_MODIFIED);
    await edit({ text: 'two' });
    expect(await errorOf({ text: 'three' })).toBe('Too Many Requests: retry after 60');
    expect(desk.messages).toMatchObject([{ text: 'two' }]);
    expect(await send()).toMatchObject({ ok: true });
  });

  it.each([
    [{ text: '' }, 'message text is empty'],
    [{ text: ' ' }, 'text must be non-empty'],
    [{ text: 'x'.repeat(4_097) }, 'MESSAGE_TOO_LONG'],
    [
      { text: '<b>', parse_mode: 'HTML' },
      'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    [{ text: 'new', reply_markup: '{' }, "can't parse reply keyboard markup JSON object"],
    [{ text: 'new', message_id: 99 }, 'message to edit not found'],
    [{ text: 'new', chat_id: 1 }, 'chat not found'],
    [
      {
        text: 'new',
        reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'x'.repeat(65) }]] },
      },
      'BUTTON_DATA_INVALID',
    ],
  ])('refuses %j: %s', async (params, reason) => {
    await send();
    expect(await errorOf(params)).toBe(`Bad Request: ${reason}`);
    expect(desk.messages).toMatchObject([{ text: 'old' }]);
  });

  it('changes no message of others, no forwarded one, and no event', async () => {
    desk.agent('Ann').write('by Ann');
    await client.call('forwardMessage', { chat_id: desk.id, from_chat_id: desk.id, message_id: 1 });
    await client.call('pinChatMessage', { chat_id: desk.id, message_id: 1 });
    for (const message_id of [1, 2, 3]) {
      expect(await errorOf({ message_id, text: 'new' })).toBe(
        "Bad Request: message can't be edited",
      );
    }
  });

  it('changes no message that brought a reply keyboard', async () => {
    await send({ reply_markup: { keyboard: [['A']] } });
    expect(await errorOf({ text: 'new' })).toBe("Bad Request: message can't be edited");
  });

  it('does not make a text of a file', async () => {
    const { document } = desk.agent('Ann').sendFile('document');
    await client.call('sendDocument', { chat_id: desk.id, document: document?.file_id });
    expect(await errorOf({ message_id: 2, text: 'new' })).toBe(
      'Bad Request: there is no text in the message to edit',
    );
  });

  it('changes all posts of a channel, with the right to', async () => {
    const channel = telegram.createChannel({ title: 'News' });
    channel.agent('Boss', { status: 'administrator' }).write('by Boss');
    const params = { chat_id: channel.id, message_id: 1, text: 'new' };
    channel.setBotRights({ can_edit_messages: false });
    expect(await errorOf(params)).toBe("Bad Request: message can't be edited");
    channel.setBotRights({ can_edit_messages: true });
    expect(await errorOf(params)).toBe('ok');
    expect(channel.messages).toMatchObject([{ text: 'new' }]);
  });
});
